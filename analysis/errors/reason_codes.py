"""Every reason that the data of a trial can bring about: its code, and its English."""

from enum import Enum, unique


@unique
class ReasonCode(Enum):
    """The value is the English; the braces hold the fields, whole numbers with ``:d``.

    The name in small letters is the key of the Chinese, so a new wording of the English keeps it.
    ``columns`` are those of a model: numbers, or its terms. ``reason`` is another reason.
    """

    # who is analysed
    ONE_ARM = "only {arm} has an outcome"
    NO_OUTCOME = "no subject of the set has an outcome"
    NOBODY_OBSERVED = "nobody has an outcome"
    ARM_NOT_ALIVE = "not both arms have a randomised subject alive on day {day:d}"
    ONE_COMPARABLE_LEVEL = "fewer than two levels have subjects of both arms"
    NO_SUBJECT_IN_ARM = "no subject in {arm}"
    NO_SUBJECT = "there are no subjects"
    EMPTY_ARM = "an arm has no subjects"
    ZERO_TOTAL = "the total is 0"
    ONE_VALUE = "one value"
    NO_VALUE = "nobody has a value"
    NO_VALUE_IN_ARM = "an arm has no value"
    FEW_VALUES_IN_ARM = "an arm has fewer than two values"

    NOT_COLLECTED = "not collected: {source}"
    NOT_OF_MEASURE = "defined for the common odds ratio, which is not the primary measure"

    # the outcome
    ONE_LEVEL = "the outcome has one observed level ({level:d})"
    TWO_LEVELS = (
        "the outcome has two observed levels ({low:d}, {high:d}): proportional odds is no "
        "assumption"
    )
    SAME_OUTCOME = "everybody has the same outcome ({value})"
    NOBODY_UP_TO_MRS = "nobody has an mRS of {level:d} or lower"
    EVERYBODY_UP_TO_MRS = "everybody has an mRS of {level:d} or lower"
    NO_LEVEL_OF_MODEL = "nobody has an mRS of {levels}; not a level of this model"
    NOBODY_UP_TO_LEVEL = "nobody has a level of {level:d} or lower"
    EVERYBODY_UP_TO_LEVEL = "everybody has a level of {level:d} or lower"
    NO_FIT_UP_TO_LEVEL = "no logistic fit of levels up to {level:d}: {reason}"

    # events
    NOBODY_HAS_EVENT = "nobody has the event"
    EVERYBODY_HAS_EVENT = "everybody has the event"
    NO_EVENT = "nobody has an event"
    NOBODY_OR_EVERYBODY = "nobody or everybody has an event: no p-value"
    NO_EVENT_IN_EITHER = "no event in either arm"
    NO_EVENT_IN_TREATMENT = "no event in the treatment arm"
    NO_EVENT_IN_REFERENCE = "no event in the reference arm"
    ALL_EVENTS = "everybody has an event: no Wald interval"
    NOBODY_DIED = "nobody died in {arm}"
    NO_EVENT_YET = "no event yet: exact interval of those at risk"
    ALL_AT_RISK_HAD_EVENT = "everybody at risk has had the event"
    NOBODY_AT_RISK = "nobody is at risk any more"
    NO_EVENT_TOGETHER = "no event while both arms are at risk"

    # the columns of a model
    TOO_FEW_ROWS = "{width:d} columns for {rows:d} rows"
    TOO_FEW_SUBJECTS = "too few subjects, {rows:d} for {width:d} columns"
    TOO_FEW_FOR_COEFFICIENTS = "{width:d} coefficients for {rows:d} rows"
    TOO_FEW_FOR_DIFFERENCES = "{differences:d} differences of effects for {subjects} subjects"
    CONSTANT_COLUMN = "constant column {columns}"
    CONSTANT_AT_RISK = "constant column {columns} among those at risk at the first event"
    CONSTANT_IN_ARMS = "column {columns} is constant in each arm but not the same in both"
    COLLINEAR_COLUMN = "collinear column {columns}"
    NARROW_COLUMN = "column {columns} varies by less than {limit}: rescale it"
    SMALL_COLUMN = "column {columns} is smaller than {limit}: rescale it"
    NOT_FINITE = "x holds NaN or infinity in column {columns}"
    TOO_LARGE_NUMBERS = "x holds numbers beyond {limit} in column {columns}"
    OUTCOME_DETERMINED = "the columns determine the outcome: it has no variance beside them"

    # the maximum of a likelihood
    SEPARATION = "separation along column {columns}: no finite estimate exists"
    DIVERGENCE = "the fit diverges, and separation could not be excluded"
    NOT_CONVERGED = "the fit did not converge: {why}"
    RANDOM_INTERCEPT_NOT_CONVERGED = "the fit with a random intercept did not converge: {why}"
    EDGE = (
        "the maximum lies at the edge of the region in which the cumulative logits are in order: "
        "with free effects of column {columns}, level {levels} would have a probability of 0 or "
        "less"
    )
    EDGE_AT_ROWS = f"{EDGE} ({{outside:d}} of {{rows:d}} rows)"
    CUT_POINTS_COINCIDE = "cut points of the fit coincide"
    NULL_CUT_POINTS_COINCIDE = "cut points of the proportional-odds fit coincide"
    NOT_POSITIVE_DEFINITE = "{what} is not positive definite"
    LIMIT_INFINITE = "{what} is infinite"
    NO_LEVEL_PROBABILITY = "a fitted level probability is 0: the covariance has no inverse"
    TOO_LARGE = "too large to be written"

    # clusters and groups
    ONE_CLUSTER = "all rows are in one cluster: no cluster variance exists"
    NO_CLUSTER_VARIANCE = "the effect has no variance between clusters"
    NO_SITE_VARIANCE = "the effect has no variance between sites"
    ONE_GROUP = "a random intercept needs two groups; every row is in group {group}"
    GROUPS_OF_ONE = "every group has one row: a random intercept is not identified"
    GROUPS_DETERMINE_LEVELS = (
        "the groups determine the levels: the standard deviation of the intercept has no finite "
        "estimate"
    )

    # win odds
    ONE_ARM_WINS = "every comparison is won by one arm: the win odds are 0 or infinite"
    NO_WIN_VARIANCE = "the win probability has no variance within any stratum"
    WIN_PROBABILITY_OUTSIDE = (
        "the adjusted win probability is {probability}: too few rows for the covariates"
    )
    FEW_ROWS_IN_ARM = "arms of {treated:d} and {reference:d} rows; {fewest:d} are needed"
    FEW_ROWS_IN_STRATA = "no stratum has {fewest:d} rows in each arm, nor all together {pooled:d}"
    FEW_FREEDOM_IN_ARMS = (
        "{width:d} covariates, but the rows have {freedom:d} degrees of freedom within arms"
    )
    OUTCOME_EXPLAINED = "the covariates explain the outcome completely"
    NO_DIFFERENCE = "the number needed is infinite, as there is no difference"
    NO_REARRANGEMENT = "no stratum has both arms and different outcomes: every assignment is alike"

    # standardised differences, levels and effects
    NO_SPREAD = "the arms differ and neither varies"
    NO_STANDARDISED_ODDS = "no common odds ratio of the standardised levels: {reason}"
    NO_STANDARDISED_LEVEL = "a standardised level probability is 0 to double precision"
    STANDARDISED_LIMIT_INFINITE = "a limit of a standardised ratio is infinite"
    NO_STANDARDISED_EFFECT = "a standardised effect has no finite value and standard error"

    # imputation
    NOTHING_OBSERVED = "{variable} has no observed value"
    NOTHING_OBSERVED_IN_ARM = "{variable} has no observed value in {arm}"
    FEW_LEVELS_IN_ARM = "{arm} has fewer than two observed levels of the outcome"
    NOT_BINARY = "{variable} is binary and has {levels:d} levels"
    NO_ORDERED_DRAW = "no ordered cut points in {draws:d} draws"
    NO_FREEDOM = "complete_df must be positive, not {freedom}"
    NO_POOLED_INTERVAL = "{freedom} degrees of freedom: the interval is without bounds"
    IN_IMPUTATION = "imputation {number:d}: {reason}"
    IN_IMPUTATION_MODEL = "imputation model of {variable}: {reason}"
    IN_ARM = "{arm}: {reason}"
    NO_ESTIMATE_IN_ROW = "no shift of this row has an estimate"
    NOT_CROSSED = "not crossed: p < {alpha} for {side} at {share} shift of the grid"

    # the whole
    NO_PRIMARY_ANALYSIS = (
        "The primary analysis cannot be estimated: {reason}. Nothing else is put in its place (SAP "
        "5.3). Look at the counts of the outcome and of the covariates by arm"
    )
    NO_REASON = "no reason given"
    OTHER = "{text}"
    """A text as it stands: what no data of a trial can bring about, and notes of the frame."""

    @property
    def key(self) -> str:
        """The code as it is written outside of the code."""
        return self.name.lower()
