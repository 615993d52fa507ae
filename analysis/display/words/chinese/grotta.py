"""Chinese of what the Grotta bars say."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "Modified Rankin Scale at day {day}, {members}": "第{day}天改良Rankin量表评分，{members}",
    "Modified Rankin Scale at day {day} by analysis": "各分析的第{day}天改良Rankin量表评分",
    "Modified Rankin Scale at day {day} in subgroups": "各亚组的第{day}天改良Rankin量表评分",
    "{title}, adjusted": "{title}，校正后",
    "Distribution of the {outcome} by arm, {members}; percentages of those with an outcome, "
    "rounded to add up to 100. Without an outcome, not shown: {missing}.": (
        "各组{outcome}的分布，{members}；百分比以有结局者为分母，修约后合计为100。"
        "无结局者未显示：{missing}。"
    ),
    "Adjusted distribution of the {outcome} by arm, {members}: the mean probability of each "
    "level were all subjects with an outcome in one arm, then all in the other, each with "
    "their own covariates, percent ({confidence}), rounded to add up to 100.": (
        "各组{outcome}的校正分布，{members}：假设全部有结局的受试者先后均分入同一组，"
        "保留各自的协变量，取各等级概率的均值，百分比（{confidence}），修约后合计为100。"
    ),
    "Proportional-odds model (n = {n}) adjusted for {covariates}: {effect}; {direction}.": (
        "比例优势模型（n = {n}），校正{covariates}：{effect}；{direction}。"
    ),
    "Estimand: treatment policy, death as mRS {death}.": (
        "估计目标：疗法策略，死亡计为mRS {death}分。"
    ),
    "Supplementary estimand: {members}, death as mRS {death}.": (
        "补充估计目标：{members}，死亡计为mRS {death}分。"
    ),
    "The plan runs no estimate in this set.": "分析计划未在该分析集中进行估计。",
    "Below: difference in the share up to each cut point, {treatment} minus {reference}, "
    "{method}, nominal; above 0 favours {treatment}.": (
        "下图：各切点及以下比例之差，{treatment}减{reference}，{method}，"
        "为名义置信区间；大于0表示{treatment}更优。"
    ),
    "Miettinen-Nurminen interval, not adjusted": "Miettinen-Nurminen区间，未校正",
    "standardised from the same model, interval by the delta method": (
        "由同一模型标准化得出，区间采用delta法"
    ),
    "Stacked bars. {arms}. Risk differences, percentage points: {differences}.": (
        "堆叠条形图。{arms}。风险差（百分点）：{differences}。"
    ),
    "Stacked bars by analysis, percent at each mRS. {panels} ({direction})": (
        "各分析的堆叠条形图，各mRS等级的百分比。{panels}（{direction}）"
    ),
    "Stacked bars by subgroup, percent at each mRS. {panels} ({direction})": (
        "各亚组的堆叠条形图，各mRS等级的百分比。{panels}（{direction}）"
    ),
    "{panel}. {arms}; odds ratio {estimate}.": "{panel}。{arms}；比值比{estimate}。",
    "Upper bar: {upper}. Lower bar: {lower}.": "上条：{upper}。下条：{lower}。",
    "All subjects (%)": "全部受试者（%）",
    "Patients with an outcome (%)": "有结局的患者（%）",
    "no outcome observed": "未观察到结局",
    "Up to": "不高于",
    "Risk difference, percentage points": "风险差，百分点",
    "Difference ({confidence})": "差值（{confidence}）",
    "Distribution of the {outcome} by arm in the analyses that are made of other outcomes or "
    "subjects than the primary one; percentages and counts of those analysed (n), rounded to "
    "add up to 100.": (
        "结局或受试者与主要分析不同的各项分析中，各组{outcome}的分布；"
        "为纳入分析者（n）的百分比和例数，百分比修约后合计为100。"
    ),
    "Multiple imputation: means over the imputations, counts rounded.": (
        "多重插补：各次插补的均值，例数取整。"
    ),
    "At the right of each pair: common odds ratio ({confidence}) of the proportional-odds "
    "model adjusted for {covariates}; {direction}. All but the primary one are nominal.": (
        "每对条形右侧：比例优势模型的共同比值比（{confidence}），校正{covariates}；"
        "{direction}。除主要分析外均为名义结果。"
    ),
    "Distribution of the {outcome} by arm in subgroups, {members}; percentages of those with "
    "an outcome (n), rounded to add up to 100.": (
        "各亚组中各组{outcome}的分布，{members}；百分比以有结局者（n）为分母，修约后合计为100。"
    ),
    "At the right of each pair: common odds ratio ({confidence}) of the proportional-odds "
    "model adjusted for {covariates} within the level; {direction}.": (
        "每对条形右侧：各水平内比例优势模型的共同比值比（{confidence}），"
        "校正{covariates}；{direction}。"
    ),
    "The plan names no subgroup.": "分析计划未设亚组。",
}
