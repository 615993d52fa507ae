"""Names of columns, and labels, that say that the column holds an allocation.

Decision record 0007 shows the list. A name counts as a whole: ``ARM`` and ``Treatment arm`` do,
``ARMWEAKNESS``, ``Left arm motor``, ``CMTRT``, ``TRTSDTC``, ``Age group`` and ``RANDNO`` do not.
"""

import re

from analysis.edc.allocation.folded import fold_name

_OF = (
    "(?:actual|act|planned|plan|assigned|allocated|allocation|random(?:i[sz]ed|i[sz]ation)?"
    "|rand|rnd|iwrs|irt|ixrs|rtsm|study|trial|subject|patient|(?:un)?blind(?:ed|ing)?"
    "|treatment|treat|trt|tx|therapy|intervention|drug|imp|kit|true|real|descriptionof)"
)
_TO = (
    "(?:arm|group|grp|actual|planned|random(?:i[sz]ed|i[sz]ation)?|rand|rnd|study|trial|subject"
    "|patient|treatment|treat|trt|tx|therapy|intervention|true|real)"
)
_AS = "(?:cd|code|name|nm|label|lbl|text|txt|desc|description|value|raw|decode?|factor|n|c)?"
_NUMBERED = "(?:no|num|number|id|ud)"
_LATIN = (
    f"{_OF}*(?:arm|group|grp){_AS}",
    f"arm{_NUMBERED}|{_OF}+(?:arm|group|grp)(?:{_NUMBERED}|[0-9]+|choice.*)",
    f"{_TO}*(?:allocation|alloc|allocated|assignment|assigned){_AS}",
    f"{_OF}*treatment{_AS}(?:(?:forperiod)?[0-9]{{1,2}})?",
    f"(?:ex|ec|act|plan|rand|rnd|study)?trt(?:seq)?[0-9]{{0,2}}(?:[pa]n?|{_AS})",
    "trt?[0-9]{2}[pa]g[0-9]n?",
    f"tx{_AS}",
    "randomi[sz]ation",
    "(?:random(?:i[sz]ed|i[sz]ation)?|rand|rnd)(?:to|result|outcome)|(?:allocated|assigned)to",
    "(?:study|trial|test|investigational|assigned|allocated|randomi[sz]ed|actual|planned|blinded)"
    f"(?:drug|medication|medicine|medicinalproduct|product|agent|intervention|therapy){_AS}",
    f"imp{_AS}",
    f"blind(?:ed|ing)?(?:key|list|{_NUMBERED}|{_AS})",
    "(?:kit|imp|studydrug)(?:type|contents?)",
    "(?:treatment|trt|therapy|drug|arm)(?:received|assigned|allocated|taken)",
    f"(?:un)?blind(?:ed|ing)?(?:trt|tx|treatment|arm|group|grp|drug|allocation){_AS}",
    "(?:rand|rnd|random(?:i[sz]ed|i[sz]ation)?|trt|treatment|arm|group|grp)(?:code|cd|arm|flag|letter)",
    # German, Dutch, French, Spanish, Portuguese, Italian
    "(?:studien|behandlungs|therapie|rando(?:misierungs)?|interventions|versuchs|prüf)*"
    "(?:gruppe|arm|zuteilung|zuordnung|behandlung|präparat|medikation)",
    "(?:studie|behandel|randomisatie|onderzoeks)*(?:groep|arm|behandeling)",
    "(?:numéro|code|nom)?(?:de)?(?:bras|groupe|traitement|répartition|rando)"
    "(?:de|du|d|le|la|l|traitement|étude|randomisation|alloué|attribué|reçu)*",
    "(?:brazo|grupo|braço|tratamiento|tratamento|asignación|alocação|atribuição)"
    "(?:de|do|del|la|el|tratamiento|tratamento|estudio|estudo|asignado|recibido|aleatorización)*",
    "(?:braccio|gruppo|trattamento|assegnazione)(?:di|del|lo|studio|trattamento|assegnato|ricevuto)*",
    # Russian, Japanese, Korean
    "(?:группа|рука|препарат|лечение|терапия|рандомизация)(?:лечения|терапии|исследования|препарата)?",
    "(?:投与|割付|割り付け|治療|介入|试验|試験|治验|割当)+(?:群|薬|结果|结果)?|群",
    "(?:치료|투여|배정|무작위배정|시험|중재)+(?:군|약)|군|배정",
)
_ZH_OF = "(?:受试者|患者|病人|实际|计划|随机化?|治疗|试验|研究|入组|干预|处理|用药|给药|药物|对照)"
_ZH_AS = "(?:名称?|结果|代码|编码|信息|情况|类型|变量|标签|描述)?"
_CHINESE = (
    f"{_ZH_OF}*(?:分组|组别|分配){_ZH_AS}",
    f"{_ZH_OF}+组{_ZH_AS}|组",
    f"(?:实际|计划|随机|分配的?)治疗{_ZH_AS}",
    f"(?:试验|研究)(?:用药|药物|药品|药){_ZH_AS}",
    "随机化?结果|盲底|盲码|揭盲结果",
    f"{_ZH_OF}*(?:编组|臂|臂别|组次|入组组|用药组|药物组)|药物|药品|方案组|(?:试验|研究|治疗|给药)方案",
)
_ARM_LIKE = re.compile("|".join(_LATIN))
_ARM_LIKE_CHINESE = re.compile("|".join(_CHINESE))
_NOT_CHINESE = re.compile("[^\u3400-\u9fff]")
_LIST = re.compile(
    ".*(?:random(?:i[sz]ation)?list|randolist|allocation|unblind|codebreak|treatmentcodes?|schedule"
    "(?:of)?random|armlist|kitlist|盲底|揭盲|随机(?:分配)?表|分组表|药物编码表).*"
)
_SUSPECT = re.compile(
    ".*(?:trt|treat|therap|drug|medic|alloc|assign|rando|rndm|blind|verum|(?<![a-z])arm|arm(?:cd|code)?$"
    "|grp|group|gruppe|groupe|grupo|gruppo|bras(?![a-z])|behandl|interven|cohort|bottle|vial|product"
    "|imp(?:cd|code|no)?$|code$|key$|组|群|药|治疗|随机|盲|臂|군).*"
)
_OTHER_GROUP = re.compile(
    ".*(?:age|race|ethnic|blood|site|risk|bmi|weight|sex|gender|alter|left|right|motor|weak|visit"
    "|年龄|血型|风险).*"
)
_MEDICATION = re.compile(
    "cm(?:trt|decod|modify)|.*(?:medication|drug|medicine)(?:name)?|.*(?:药品|药物|用药)名称|药名"
)


def is_arm_name(name: str) -> bool:
    """Return whether a column name or label is that of an allocation.

    In a name of two scripts (``Group 分组``) the Chinese part alone says so too.
    """
    folded = fold_name(name)
    chinese = _NOT_CHINESE.sub("", folded)
    return bool(_ARM_LIKE.fullmatch(folded) or _ARM_LIKE_CHINESE.fullmatch(chinese))


def is_medication_name(name: str) -> bool:
    """Return whether a column names drugs a subject took, among which an arm's drug may be."""
    return bool(_MEDICATION.fullmatch(fold_name(name)))


def is_list_name(name: str) -> bool:
    """Return whether the name of a file or folder is that of an allocation list."""
    return bool(_LIST.fullmatch(fold_name(name)))


def is_suspect_name(name: str) -> bool:
    """Return whether a name may be that of an allocation: two values under it are not a flag."""
    folded = fold_name(name)
    return bool(_SUSPECT.fullmatch(folded)) and not _OTHER_GROUP.fullmatch(folded)
