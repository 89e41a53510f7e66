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

  // Paper cannot be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  for (const form of all("form.filters")) {
    const table = form.parentElement.querySelector("table.findings");
    const clean = (cell) => cell.textContent.trim();
    let known = null;
    const read = () => all("tbody tr", table).map((row) => {
      const [severity, rule, region] = [...row.cells].slice(0, 3).map(clean);
      return [row, { severity, rule, region }, row.textContent.toLowerCase()];
    });
    const inputs = all("[data-filter]", form);
    const status = form.querySelector(".shown");
    const apply = () => {
      const want = Object.fromEntries(inputs.map((i) => [i.dataset.filter, i.value]));
      const words = want.text.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      const rows = (known ??= read());
      for (const [row, own, text] of rows) {
        const fits = ["severity", "region", "rule"].every(
          (key) => !want[key] || own[key] === want[key],
        ) && words.every((word) => text.includes(word));
        row.hidden = !fits;
        if (fits) shown += 1;
      }
      status.textContent = `${shown} of ${rows.length} shown`;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
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
    every.textContent = `Show all ${holders.length}`;
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
