(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A link may lead into something folded: open what is around its target.
  const reveal = () => {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return;
    }
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Paper cannot be unfolded; what is folded as an aside, or as less than the rest, stays so.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open]):not(.aside):not(.less)");
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  // The list of findings: filtered and sorted, and the address keeps how.
  for (const form of all("form.filters")) {
    const table = form.parentElement.querySelector("table.findings");
    const body = table.tBodies[0];
    const caption = table.querySelector("caption span");
    const whole = caption.textContent;
    const clean = (cell) => cell.textContent.trim();
    const rows = [...body.rows].map((row) => {
      const [severity, rule, region] = [...row.cells].slice(0, 3).map(clean);
      return [row, { severity, rule, region }, row.textContent.toLowerCase()];
    });
    const inputs = all("[data-filter]", form);
    const heads = all("thead th", table);
    let sorted = "";
    const keep = () => {
      const asked = new URLSearchParams();
      for (const input of inputs) if (input.value) asked.set(input.dataset.filter, input.value);
      if (sorted) asked.set("sort", sorted);
      const query = asked.toString();
      try {
        history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
      } catch {
        return; // some browsers let no page of the disk change its address
      }
    };
    const apply = () => {
      const want = Object.fromEntries(inputs.map((i) => [i.dataset.filter, i.value]));
      const words = want.text.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [row, own, text] of rows) {
        const fits = ["severity", "region", "rule"].every(
          (key) => !want[key] || own[key] === want[key],
        ) && words.every((word) => text.includes(word));
        row.hidden = !fits;
        if (fits) shown += 1;
      }
      caption.textContent =
        shown === rows.length ? whole : `${shown} of ${rows.length} findings shown`;
    };
    const sort = (column) => {
      sorted = String(column);
      const key = (row) => row.cells[column].dataset.order ?? clean(row.cells[column]);
      const order = new Intl.Collator("en", { numeric: true });
      const ordered = [...rows].sort((a, b) => order.compare(key(a[0]), key(b[0])));
      body.append(...ordered.map(([row]) => row));
      heads.forEach((head, i) => {
        if (i === column) head.setAttribute("aria-sort", "ascending");
        else head.removeAttribute("aria-sort");
      });
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => {
        sort(column);
        keep();
      });
      head.replaceChildren(button);
    });
    const asked = new URLSearchParams(location.search);
    for (const input of inputs) {
      input.value = asked.get(input.dataset.filter) ?? "";
      if (input.value === "" && input.tagName === "SELECT") input.selectedIndex = 0;
    }
    if (heads[Number(asked.get("sort") ?? -1)]) sort(Number(asked.get("sort")));
    form.addEventListener("input", () => {
      apply();
      keep();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    apply();
  }

  // A chart goes into a slide as a picture, a table into a sheet as cells.
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "take";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };
  const picture = (svg) => {
    const copy = svg.cloneNode(true);
    const originals = all("*", svg);
    const paint = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-family"];
    all("*", copy).forEach((node, i) => {
      const style = getComputedStyle(originals[i]);
      for (const name of paint) node.setAttribute(name, style.getPropertyValue(name));
    });
    const box = svg.viewBox.baseVal;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", box.width * 2);
    copy.setAttribute("height", box.height * 2);
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = box.width * 2;
      canvas.height = box.height * 2;
      const draw = canvas.getContext("2d");
      draw.fillStyle = getComputedStyle(document.body).backgroundColor;
      draw.fillRect(0, 0, canvas.width, canvas.height);
      draw.drawImage(image, 0, 0);
      const link = document.createElement("a");
      link.download = `${svg.dataset.name ?? "chart"}.png`;
      link.href = canvas.toDataURL("image/png");
      link.click();
    });
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  };
  for (const figure of all("figure.scatter, figure.network")) {
    const next = (figure.closest(".pair") ?? figure).nextElementSibling;
    if (next?.matches(".files")) continue; // its file lies beside the page
    figure.append(button("Save as picture", () => picture(figure.querySelector("svg"))));
  }
  for (const table of all("table.matrix, table.heat, table.docs")) {
    const copy = button("Copy table", async () => {
      const cells = (row) => [...row.cells].map((c) => c.innerText.replace(/\s+/g, " ").trim());
      const text = [...table.rows].map((row) => cells(row).join("\t")).join("\n");
      try {
        await navigator.clipboard.writeText(text);
        copy.textContent = "Copied";
      } catch {
        copy.textContent = "The browser does not let a page copy: select the table";
      }
    });
    table.parentElement.after(copy);
  }

  // Of many holders of a passage, choose the two to set side by side.
  for (const box of all("[data-pair]")) {
    const holders = all(".holder", box);
    if (holders.length < 3) continue;
    const bar = document.createElement("p");
    bar.className = "chooser";
    const selects = [0, 1].map((side) => {
      const label = document.createElement("label");
      label.textContent = side ? "beside " : "Show ";
      const select = document.createElement("select");
      holders.forEach((holder, i) => select.add(new Option(holder.dataset.label, i)));
      select.value = side;
      label.append(select);
      bar.append(label, " ");
      return select;
    });
    const apply = () => {
      const [left, right] = selects.map((select) => Number(select.value));
      holders.forEach((holder, i) => {
        holder.hidden = i !== left && i !== right;
        holder.classList.toggle("second", i === right && i !== left);
      });
    };
    const every = document.createElement("button");
    every.type = "button";
    every.textContent = `Show all ${holders.length} wordings`;
    every.addEventListener("click", () => {
      for (const holder of holders) holder.hidden = false;
    });
    bar.append(every);
    bar.addEventListener("input", apply);
    box.before(bar);
    apply();
  }
  addEventListener("beforeprint", () => {
    for (const one of all(".holder[hidden]")) one.hidden = false;
  });
})();
