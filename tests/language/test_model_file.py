"""The model as text: it survives a round trip, and a broken one is refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stratlint.errors import FileFault
from stratlint.language.commitment.decision import decide, pooled, shared, to_probabilities
from stratlint.language.commitment.model import FORMAT, OUTCOMES, ModelFile, read_model, write_model
from stratlint.training.fit import fit
from stratlint.training.gold import GoldPassage
from stratlint.training.instances import instances, worked_instances

if TYPE_CHECKING:
    from pathlib import Path


def test_round_trip_keeps_every_weight(tmp_path: Path) -> None:
    file = ModelFile(
        format=FORMAT,
        outcomes=OUTCOMES,
        temperature=1.2,
        thresholds={"kept": 0.5, "committed": 0.5, "priority": 0.4},
        card={"data": "made up"},
        weights={"word 'ä'": tuple(float(i) for i in range(9)), "always": (0.0,) * 9},
    )
    path = tmp_path / "model.json"
    path.write_text(write_model(file), encoding="utf-8")
    read = read_model(path).file
    assert read == file
    assert list(read.weights) == sorted(file.weights)


def test_a_broken_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text('{"format": 1}')
    with pytest.raises(FileFault, match="not a model"):
        read_model(path)


def test_fitting_twice_gives_the_same_weights() -> None:
    worked = worked_instances()[::7]
    assert fit(worked) == fit(worked)


def test_instances_share_the_weight_of_a_label() -> None:
    passage = GoldPassage(id="a", text="Tourism matters: tourism is an industry.", document="d")
    found = instances([passage], [None])
    assert sum(i.weight for i in found) == pytest.approx(1.0)
    assert {i.outcome for i in found} == {"none"}


def test_members_of_a_group_move_together_and_keep_their_own_doubt() -> None:
    first, second = np.zeros(9), np.zeros(9)
    first[0], second[2], second[8] = 4.0, 1.0, 1.5
    before = [to_probabilities(s, 1.0) for s in (first, second)]
    after = [to_probabilities(s, 1.0) for s in shared([first, second], ["g", "g"])]
    assert after[1][0] > before[1][0]
    assert after[1][8] == pytest.approx(before[1][8])
    apart = shared([first, second], ["g", "h"])
    assert np.allclose(apart[1], second)


def test_the_strongest_commitment_of_a_passage_counts() -> None:
    thresholds = {"kept": 0.3, "committed": 0.5, "priority": 0.5}
    sure, idle = np.full(9, 0.05), np.full(9, 0.05)
    sure[0], idle[7] = 0.6, 0.6
    assert decide(pooled([sure, idle]), thresholds)[0] == "priority"
    assert float(pooled([sure, idle]).sum()) == pytest.approx(1.0)
