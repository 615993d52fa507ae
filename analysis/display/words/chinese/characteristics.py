"""Chinese of baseline variables with their categories, of visits and of per-protocol reasons."""

from __future__ import annotations

VARIABLES: dict[str, str] = {
    "Age, years": "年龄，岁",
    "Sex": "性别",
    "Weight, kg": "体重，kg",
    "Height, cm": "身高，cm",
    "Hypertension": "高血压",
    "Diabetes": "糖尿病",
    "Atrial fibrillation": "心房颤动",
    "Coronary artery disease": "冠心病",
    "Previous stroke": "既往卒中",
    "Smoking": "吸烟",
    "Antiplatelet drug before the stroke": "卒中前使用抗血小板药",
    "Anticoagulant before the stroke": "卒中前使用抗凝药",
    "Pre-stroke mRS": "卒中前mRS评分",
    "NIHSS": "NIHSS评分",
    "ASPECTS": "ASPECTS评分",
    "Occlusion site": "闭塞部位",
    "Side of the occlusion": "闭塞侧别",
    "Cause (TOAST)": "病因（TOAST分型）",
    "Systolic blood pressure, mmHg": "收缩压，mmHg",
    "Diastolic blood pressure, mmHg": "舒张压，mmHg",
    "Glucose, mmol/L": "血糖，mmol/L",
    "Intravenous thrombolysis": "静脉溶栓",
    "Last known well to randomisation, hours": "最后正常时间至随机化，小时",
    "Anaesthesia": "麻醉方式",
    "Arterial puncture to recanalisation, minutes": "动脉穿刺至再通，分钟",
    "Thrombectomy passes": "取栓次数",
    "Rescue angioplasty or stenting": "补救性血管成形或支架置入",
    "Final eTICI": "最终eTICI分级",
}

CATEGORIES: dict[str, str] = {
    "Women": "女性",
    "Men": "男性",
    "Internal carotid artery": "颈内动脉",
    "Left": "左侧",
    "Right": "右侧",
    "Both": "双侧",
    "Other": "其他",
    "Large-artery atherosclerosis": "大动脉粥样硬化",
    "Cardioembolism": "心源性栓塞",
    "Undetermined": "不明原因",
    "General": "全身麻醉",
    "Conscious sedation": "清醒镇静",
    "Local": "局部麻醉",
    "No": "否",
    "Yes": "是",
    **{code: code for code in ("M1", "M2", "2a", "2b50", "2b67", "2c")},
    **{str(level): str(level) for level in range(7)},
}

VISITS: dict[str, str] = {
    "{measure} at {hours} h": "{hours}小时{measure}",
    "{measure} at day {day}": "第{day}天{measure}",
}

REASONS: dict[str, str] = {
    "Site answered an eligibility criterion against eligibility": "研究中心判定不符合某项入排标准",
    "Age below {age_min} or above {age_max} years": "年龄小于{age_min}岁或大于{age_max}岁",
    "Last known well to randomisation over {hours} h, or reversed": (
        "最后正常时间至随机化超过{hours}小时，或时间先后颠倒"
    ),
    "Occlusion site not {occlusion_sites}": "闭塞部位不是{occlusion_sites}",
    "Baseline NIHSS below {nihss}": "基线NIHSS评分低于{nihss}分",
    "ASPECTS below {aspects}": "ASPECTS评分低于{aspects}分",
    "Final eTICI not {etici}": "最终eTICI分级不是{etici}",
    "No informed consent recorded, or consent after randomisation": (
        "无知情同意记录，或随机化后才签署"
    ),
    "Pre-stroke mRS above {prestroke_mrs}": "卒中前mRS评分高于{prestroke_mrs}分",
    "Anticoagulated with INR above {inr}": "接受抗凝治疗且INR高于{inr}",
    "eGFR below {egfr} or creatinine above {creatinine} µmol/L": (
        "eGFR低于{egfr}或肌酐高于{creatinine} µmol/L"
    ),
    "Glucose below {glucose_min} or above {glucose_max} mmol/L": (
        "血糖低于{glucose_min}或高于{glucose_max} mmol/L"
    ),
    "Complication on angiography": "血管造影显示并发症",
    "Puncture to recanalisation over {minutes} min": "穿刺至再通超过{minutes}分钟",
    "More than {passes} thrombectomy passes": "取栓次数超过{passes}次",
    "Intra-arterial dose outside {dose_low}-{dose_high} % of the dose planned": (
        "动脉内剂量不在计划剂量的{dose_low}%～{dose_high}%之内"
    ),
    "Intravenous total outside {dose_low}-{dose_high} % of the dose planned for the doses due": (
        "静脉总剂量不在应给剂量的{dose_low}%～{dose_high}%之内"
    ),
    "A kit of the other arm was used": "使用了另一组的药物包",
    "Major protocol deviation logged": "记录有重大方案偏离",
    "No day-{day} mRS": "无第{day}天mRS评分",
    "Day-{day} mRS assessed outside the window": "第{day}天mRS评分在时间窗外评估",
}

WORDS: dict[str, str] = {**VARIABLES, **CATEGORIES, **VISITS, **REASONS}
