"""Chinese of the forest plots, of time to death and of the tipping point."""

from __future__ import annotations

from analysis.display.words.chinese.characteristics import WORDS as CHARACTERISTICS
from analysis.display.words.chinese.flow import WORDS as FLOW

MARKS: dict[str, str] = {
    "; ": "；",
    ". ": "。",
    ", ": "，",
    "({meaning})": "（{meaning}）",
    "{name} ({meaning})": "{name}（{meaning}）",
}

FOREST: dict[str, str] = {
    "Odds ratio ({confidence})": "比值比（{confidence}）",
    "Common odds ratio": "共同比值比",
    "Forest plot of odds ratios ({direction}). {rows}.": "比值比森林图（{direction}）。{rows}。",
    "Dashed line, band and diamond: {effect}.": "虚线、色带和菱形：{effect}。",
    "Diamond: {effect}.": "菱形：{effect}。",
    "All subjects": "全部受试者",
}

CUT_POINTS: dict[str, str] = {
    "Odds ratio at each cut point of the {outcome}": "{outcome}各切点的比值比",
    "Cut point": "切点",
    "at or below": "不高于",
    "above": "高于",
    "Odds ratio of an mRS {side} each cut point: logistic regression adjusted for "
    "{covariates}, {members} (n = {n}); {direction}.": (
        "mRS评分{side}各切点的比值比：logistic回归，校正{covariates}，"
        "{members}（n = {n}）；{direction}。"
    ),
    "Dashed line, band and diamond: {effect} (proportional-odds model).": (
        "虚线、色带和菱形：{effect}（比例优势模型）。"
    ),
    "The cut points are descriptive, their p-values nominal.": (
        "各切点的分析为描述性，p值为名义值。"
    ),
    "The plan does not run the cut points.": "分析计划未进行各切点的分析。",
    "Not estimable: {reasons}.": "无法估计：{reasons}。",
}

SENSITIVITY: dict[str, str] = {
    "Sensitivity and supplementary analyses of the {outcome}": "{outcome}的敏感性分析和补充分析",
    "Sensitivity: same estimand, other assumptions": "敏感性分析：估计目标相同，假设不同",
    "Supplementary: another estimand": "补充分析：估计目标不同",
    "Common odds ratios of proportional-odds models, adjusted for {covariates} unless said "
    "otherwise; {direction}.": (
        "比例优势模型的共同比值比，除另有说明外校正{covariates}；{direction}。"
    ),
    "Sensitivity analyses have the same estimand under other assumptions, supplementary "
    "analyses another one; all are nominal.": (
        "敏感性分析的估计目标与主要分析相同而假设不同，补充分析的估计目标不同；均为名义结果。"
    ),
    "The plan runs no other analysis.": "分析计划无其他分析。",
    "Multiple imputation": "多重插补",
    "Missing worst on {treatment}, best on {reference}": (
        "缺失结局：{treatment}取最差，{reference}取最好"
    ),
    "Missing best on {treatment}, worst on {reference}": (
        "缺失结局：{treatment}取最好，{reference}取最差"
    ),
    "Last score carried forward (optimistic)": "末次评分结转（偏乐观）",
    "Assessed on day {day} ± {days}, and deaths": "第{day}±{days}天评估者及死亡者",
    "Sites as clusters (sandwich)": "以中心为群组（三明治估计）",
    "Sites as clusters, bias-reduced (CR2)": "以中心为群组，偏差校正（CR2）",
    "Random site intercept": "中心随机截距",
    "No covariates": "无协变量",
    "mRS {scores} merged": "mRS评分{scores}合并",
    "As treated, {members}": "按实际治疗，{members}",
    "Imputed and shifted, least favourable: {shifts}": "插补后偏移，最不利：{shifts}",
    "Imputed and shifted, most favourable: {shifts}": "插补后偏移，最有利：{shifts}",
    "{treatment} {treated}, {reference} {other}": "{treatment} {treated}，{reference} {other}",
}

SUBGROUPS: dict[str, str] = {
    "{outcome} in subgroups": "各亚组的{outcome}",
    "Subgroup": "亚组",
    "p for interaction": "交互作用 p值",
    "{arms}, n": "{arms}（n）",
    "Treatment / reference, n": "试验组 / 对照组（n）",
    "n: {arms}.": "n：{arms}。",
    "Common odds ratio of the proportional-odds model adjusted for {covariates} within each "
    "level, {members}; {direction}.": (
        "各水平内比例优势模型的共同比值比，校正{covariates}，{members}；{direction}。"
    ),
    "p for interaction by likelihood ratio, nominal.": "交互作用p值由似然比检验得出，为名义值。",
    "Interaction without a p-value: {reasons}.": "无交互作用p值：{reasons}。",
    "No claim is made from a subgroup alone.": "不单凭亚组结果下结论。",
    "{factor}, p for interaction {p}: {levels}": "{factor}，交互作用p值{p}：{levels}",
}

SURVIVAL: dict[str, str] = {
    "Death within {days} days": "{days}天内死亡",
    "Days from randomisation": "随机化后天数",
    "Died, %": "死亡，%",
    "At risk": "风险人数",
    "{arm}: {deaths}": "{arm}：{deaths}",
    "{events} of {n} died": "{n}例中{events}例死亡",
    "no curve (n = {n})": "无曲线（n = {n}）",
    "Kaplan-Meier estimate of the share who died, {members} as treated; marks: censored.": (
        "死亡比例的Kaplan-Meier估计，{members}，按实际治疗；短竖线：删失。"
    ),
    "Alive on day {day}, % ({confidence}): {arms}.": (
        "第{day}天生存率，%（{confidence}）：{arms}。"
    ),
    "{hazard}. {logrank}. All p-values are nominal.": "{hazard}。{logrank}。所有p值均为名义值。",
    "Curves of the share who died. {deaths}.": "死亡比例曲线。{deaths}。",
    "Hazard ratio, {treatment} over {reference}, adjusted:": (
        "校正后风险比（HR），{treatment}对{reference}："
    ),
    "Adjusted hazard ratio": "校正后风险比（HR）",
    "Log-rank test: {result}": "log-rank检验：{result}",
    "Log-rank test: chi-square {statistic}, df {df}, {p}": (
        "log-rank检验：卡方值{statistic}，自由度{df}，{p}"
    ),
}

TIPPING: dict[str, str] = {
    "Tipping point of the {outcome}: imputed outcomes shifted towards worse": (
        "{outcome}的临界点分析：插补结局向更差偏移"
    ),
    "Shift on {arm} (log odds, towards worse \N{RIGHTWARDS ARROW})": (
        "{arm}的偏移量（对数优势，\N{RIGHTWARDS ARROW}更差）"
    ),
    "Shift on {arm} (log odds, towards worse \N{UPWARDS ARROW})": (
        "{arm}的偏移量（对数优势，\N{UPWARDS ARROW}更差）"
    ),
    "Multiple imputation, the cumulative logits of the imputed outcomes of each arm shifted "
    "towards worse; {estimate}, {direction}. Thick frame: no shift (missing at random).": (
        "多重插补，各组插补结局的累积logit向更差偏移；{estimate}，{direction}。"
        "粗框：无偏移（随机缺失）。"
    ),
    "{estimate} with {confidence}": "{estimate}及{confidence}",
    "Stepped line: p = {alpha}.": "阶梯线：p = {alpha}。",
    "All p-values are nominal.": "所有p值均为名义值。",
    "Grid of odds ratios by the shifts of both arms.": "按两组偏移量排列的比值比网格。",
    "The plan does not run the tipping-point analysis.": "分析计划未进行临界点分析。",
    "Without a shift: {verdict}.": "无偏移时：{verdict}。",
    "At {shifts}: {verdict}.": "偏移量为{shifts}时：{verdict}。",
    "Not estimable without a shift: {reason}.": "无偏移时无法估计：{reason}。",
    "The result turns nowhere on the grid.": "网格范围内结论不变。",
    "The result turns on the grid; the smallest shifts at which it does: {shifts}, {verdict}.": (
        "网格范围内结论发生改变；使结论改变的最小偏移量：{shifts}，{verdict}。"
    ),
    "p < {alpha} in favour of {arm}": "p < {alpha}，{arm}更优",
    "p of {alpha} or more": "p值 ≥ {alpha}",
    "p < {alpha} against {arm}": "p < {alpha}，{arm}更差",
    "no estimate": "无估计值",
}

REASONS: dict[str, str] = {
    "not estimable: {reason}": "无法估计：{reason}",
    "separation along column {columns}: no finite estimate exists": (
        "沿{columns}发生分离：不存在有限估计值"
    ),
    "the fit diverges, and separation could not be excluded": "拟合发散，不能排除分离",
    "the fit did not converge: {why}": "拟合未收敛：{why}",
    "too few subjects, {n} for {columns} columns": "受试者过少：模型{columns}列，仅{n}例",
    "constant column {columns}": "{columns}取值恒定",
    "the outcome has one observed level ({level})": "结局仅观察到一个等级（{level}）",
    "nobody has an mRS of {level} or lower": "无人mRS评分不高于{level}",
    "everybody has an mRS of {level} or lower": "所有人mRS评分均不高于{level}",
    "only {arm} has an outcome": "仅{arm}有结局",
    "no subject of the set has an outcome": "分析集中无人有结局",
    "nobody has an event": "无人发生事件",
    "nobody died in {arm}": "{arm}中无人死亡",
    "no subject in {arm}": "{arm}中无受试者",
    "all rows are in one cluster: no cluster variance exists": (
        "所有数据属于同一群组：群组方差不存在"
    ),
    "no reason given": "未给出原因",
}

WORDS: dict[str, str] = {
    **MARKS,
    **FOREST,
    **CUT_POINTS,
    **SENSITIVITY,
    **SUBGROUPS,
    **SURVIVAL,
    **TIPPING,
    **REASONS,
    **CHARACTERISTICS,
    **FLOW,
}
