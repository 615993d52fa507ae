"""Remission of 42 children with leukaemia, weeks (Freireich et al. 1963, Blood 21:699).

The numbers beside it in the tests are from R 4.2.2 with survival 3.5.3: ``coxph(Surv(t, e) ~ g)``
(ties = "efron", eps = 1e-13), ``cox.zph``, ``survdiff``, ``survfit(conf.type = "log-log")``.
"""

from __future__ import annotations

import numpy as np

_EVENTS = (6, 6, 6, 7, 10, 13, 16, 22, 23)
_CENSORED = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
_PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
"""Mercaptopurine, with and without relapse, and placebo, all with relapse."""

TIME = np.array([*_EVENTS, *_CENSORED, *_PLACEBO], dtype=float)
EVENT = np.array([True] * 9 + [False] * 12 + [True] * 21)
TREATED = np.array([1.0] * 21 + [0.0] * 21)
