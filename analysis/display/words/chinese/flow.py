"""Chinese of the flow diagram, of recruitment, of balance and of missing data."""

from __future__ import annotations

FLOW: dict[str, str] = {
    "Flow of subjects": "受试者流程图",
    "Enrolment": "入组",
    "Allocation": "分配",
    "Follow-up": "随访",
    "Analysis": "分析",
    "Per protocol": "符合方案集",
    "Intention to treat": "意向性分析集",
    "Assessed for eligibility": "接受合格性评估",
    "Excluded": "排除",
    "Not eligible": "不符合入排标准",
    "Declined": "拒绝参加",
    "Other reason": "其他原因",
    "Randomised": "随机化",
    "Allocated to {arm}": "分配接受{arm}",
    "Received study drug": "接受研究药物",
    "Did not receive study drug": "未接受研究药物",
    "Until day {day}": "至第{day}天",
    "Died": "死亡",
    "Withdrew": "退出研究",
    "Lost to follow-up": "失访",
    "With {outcome}": "有{outcome}",
    "Without {outcome}": "无{outcome}",
    "Safety set, as treated": "安全性分析集（按实际治疗）",
    "Excluded from per protocol": "未纳入符合方案集",
    "Excluded from per protocol by reason, n: {treatment} / {reference}": (
        "未纳入符合方案集的原因，n：{treatment} / {reference}"
    ),
    "{name} (n = {n})": "{name}（n = {n}）",
    "{first} or {last}": "{first}或{last}",
    "The per-protocol reasons are not exclusive: a subject counts under every reason that "
    "applies. Intention to treat and per protocol as randomised, safety set as treated. "
    "Subjects without an {outcome} are not in the primary model.": (
        "未纳入符合方案集的原因可并存：受试者计入其每一项原因。"
        "意向性分析集和符合方案集按随机分组，安全性分析集按实际治疗。"
        "无{outcome}的受试者未进入主要模型。"
    ),
    "No screening log was exported.": "未导出筛选日志。",
    "{arm}: {boxes}": "{arm}：{boxes}",
    "Flow diagram. {randomised}. {arms}.": "流程图。{randomised}。{arms}。",
}

RECRUITMENT: dict[str, str] = {
    "Recruitment over time": "入组进度",
    "Subjects randomised": "随机化例数",
    "Month of randomisation": "随机化月份",
    "planned: {n}": "计划：{n}",
    "By site": "各中心",
    "Subjects randomised by the end of each month{span}: {randomised} of the {planned} planned "
    "(dashed), at {sites} sites.": (
        "截至各月末的累计随机化例数{span}：计划{planned}例（虚线），"
        "已随机化{randomised}例，共{sites}家中心。"
    ),
    ", {first} to {last}": "（{first}至{last}）",
    "Below, every site by its number, on one scale with the number it randomised. Both arms "
    "together.": "下图：各中心以编号表示，采用同一刻度，并注明随机化例数。两组合并。",
    "{n} without a date are not shown.": "{n}例无随机化日期，未显示。",
    "Cumulative number randomised. {months}. By site: {sites}. Planned: {planned}.": (
        "累计随机化例数。{months}。各中心：{sites}。计划：{planned}。"
    ),
}

BALANCE: dict[str, str] = {
    "Balance of the arms at baseline": "两组基线均衡性",
    "Characteristic": "特征",
    "Standardised difference": "标准化差值",
    "Value": "数值",
    "More in {arm}": "{arm}较高",
    "{variable}: {category}": "{variable}：{category}",
    "Standardised differences at baseline, {members}, n = {counts}: {treatment} minus "
    "{reference}, in pooled standard deviations, of subjects with a value, not adjusted. "
    "Band: less than {small} either way. Arms that were randomised differ by chance; no test "
    "is made.": (
        "基线标准化差值，{members}，n = {counts}：{treatment}减{reference}，以合并标准差为单位，"
        "基于有数据的受试者，未校正。色带：绝对值小于{small}。"
        "随机分组的差异源于机遇，故不作检验。"
    ),
    "Love plot of standardised differences. {rows}.": "标准化差值的Love图。{rows}。",
}

MISSING: dict[str, str] = {
    "Missing data on the way to the {outcome}": "截至{outcome}的数据缺失情况",
    "Missing by visit, n (% of the randomised)": "各次访视缺失，n（占随机化者的%）",
    "Observed of those without an {outcome}, n": "无{outcome}者已完成的访视，n",
    "none": "无",
    "no outcome is missing": "结局无缺失",
    "{name}: {numbers}": "{name}：{numbers}",
    "Above: subjects neither assessed nor dead by the day of the visit, by arm, {members} "
    "(n = {n}).": "上图：截至访视日既未评估也未死亡的受试者，按组别，{members}（n = {n}）。",
    "Below: which earlier visits were observed of the {n} without an {outcome}; filled, "
    "observed. Patterns that nobody has are left out.": (
        "下图：{n}例无{outcome}者此前完成了哪些访视；填充表示已完成。未出现的模式不列出。"
    ),
    "Missing by visit: {visits}. Observed of those without an outcome: {patterns}.": (
        "各次访视缺失：{visits}。无结局者已完成的访视：{patterns}。"
    ),
}

WORDS: dict[str, str] = {**FLOW, **RECRUITMENT, **BALANCE, **MISSING}
