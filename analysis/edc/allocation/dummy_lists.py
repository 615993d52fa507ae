"""The dummy allocation of a blinded run: lists that nobody was ever treated by.

It knows the typed export and the plan, and nothing else: the lists of the trial are no argument.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.config.blocks.dummy_allocation import DummyAllocation
from analysis.config.plan import Arms
from analysis.edc.allocation.lists import Lists
from analysis.edc.allocation.permuted_blocks import permute_blocks
from analysis.edc.layout import SUBJECT


def draw_lists(
    tables: Mapping[str, pd.DataFrame],
    settings: DummyAllocation,
    arms: Arms,
    ratio: tuple[int, int],
) -> Lists:
    """Return a dummy arm for every RANDNO and every kit number of the export.

    The numbers, in ascending order as text, are filled into permuted blocks at ``ratio``
    (treatment : reference); the last block may stay incomplete. A kit has the arm of the subject
    that it belongs to, so that nobody is treated against the drawing, save with a kit that
    several subjects share: it belongs to the subject that it was assigned to, else to one that was
    given a dose of it, else to one it is recorded for, and among those to the first SUBJID. What
    the export does not hold (a subject without RANDNO, a blank kit) is on no list. The order of the
    rows does not matter.
    """
    rand = tables["rand"]
    numbers = sorted(rand["RANDNO"].dropna().unique())
    rng = np.random.default_rng(np.random.SeedSequence(settings.seed))
    blocks = -(-len(numbers) // settings.block_size)
    treated = permute_blocks(blocks, settings.block_size, ratio, rng)
    treatment, reference = arms.codes
    arm_of_randno = {
        str(number): treatment if is_treated else reference
        for number, is_treated in zip(numbers, treated[: len(numbers)], strict=True)
    }
    arm_of_subject = rand.set_index(SUBJECT)["RANDNO"].map(arm_of_randno).dropna().to_dict()
    owners = _list_kits(rand, tables["ex"])
    return Lists(
        arm_of_randno,
        {kit: arm_of_subject[owner] for kit, owner in owners.items() if owner in arm_of_subject},
    )


def _list_kits(rand: pd.DataFrame, ex: pd.DataFrame) -> dict[str, str]:
    """The subject that each kit belongs to, by kit number in ascending order."""
    given = (ex["EXDOSE"] > 0).fillna(False).astype(bool)
    claims = pd.concat(
        [
            pd.DataFrame({"KIT": rand["KITNO"], SUBJECT: rand[SUBJECT], "RANK": 0}),
            pd.DataFrame({"KIT": ex["EXKIT"], SUBJECT: ex[SUBJECT], "RANK": 2 - given.astype(int)}),
        ]
    ).dropna()
    owners = claims.sort_values(["KIT", "RANK", SUBJECT]).drop_duplicates("KIT")
    return {str(kit): str(owner) for kit, owner in zip(owners["KIT"], owners[SUBJECT], strict=True)}
