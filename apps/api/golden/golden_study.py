"""The golden study: made-up facts, and what other programs say of them.

Writes study.json (the facts) and expected.json (the numbers, with the versions of the tools), which
comparison-golden.test.ts compares with what the API serves. Nothing here uses our own code: AUC,
curves and rates come from scikit-learn, DeLong, logistic models, p-value corrections and Wilcoxon
from R (pROC, stats), intervals of shares from scipy, and the variances over patients from their
published formulas, written out slowly in numpy.

    python golden_study.py        (numpy, scipy, scikit-learn; Rscript with pROC)
"""

import json
import subprocess
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.stats import binomtest, norm, wilcoxon
from sklearn.metrics import (
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    confusion_matrix,
    f1_score,
    roc_auc_score,
    roc_curve,
)

HERE = Path(__file__).parent
Z = norm.ppf(0.975)
RISKS = [0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.125, 0.15, 0.175, 0.2, 0.25,
         0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9]
TASKS = {"MELANOMA": "melanoma", "SEBORRHEIC_KERATOSIS": "seborrheic_keratosis"}


def make_study():
    """66 patients with one to four images, three versions, scores that tie."""
    rng = np.random.default_rng(20261122)
    images = []
    for p in range(66):
        sex = rng.choice(["FEMALE", "MALE", None], p=[0.47, 0.47, 0.06])
        age = int(rng.integers(4, 17)) * 5
        skin = rng.choice(["I", "II", "III", "IV", "V"], p=[0.2, 0.3, 0.3, 0.15, 0.05])
        effect = rng.normal(0, 0.5)
        for _ in range(int(rng.integers(1, 5))):
            u = rng.random()
            diagnosis = "MELANOMA" if u < 0.28 else "SEBORRHEIC_KERATOSIS" if u < 0.48 else "NEVUS"
            if rng.random() < 0.04:
                diagnosis = None
            easy = rng.normal(0, 0.6)
            versions = []
            for v, separation in enumerate([1.3, 1.9, 0.9]):
                own = rng.normal(0, 0.7, 2)
                scores = {}
                for (name, gap), noise in zip(
                    [("MELANOMA", separation), ("SEBORRHEIC_KERATOSIS", separation + 0.4)], own
                ):
                    x = gap * (diagnosis == name) - 1.3 + easy + effect + noise
                    scores[TASKS[name]] = round(float(1 / (1 + np.exp(-x))), 2)
                tp = int(rng.integers(300, 900))
                px = [tp, int(rng.integers(0, 320 - 40 * v)), int(rng.integers(0, 300))]
                versions.append({"scores": scores, "px": px + [2000]})
            images.append({
                "patient": f"P{p:02d}", "sex": sex, "ageYears": age, "skinType": str(skin),
                "site": str(rng.choice(["HEAD_NECK", "UPPER_EXTREMITY", "ANTERIOR_TORSO"])),
                "modality": str(rng.choice(["DERMOSCOPY", "CLINICAL"], p=[0.8, 0.2])),
                "diagnosis": diagnosis, "hasMask": bool(rng.random() < 0.93), "versions": versions,
            })
    return {"images": images}


def placements(y, s):
    """V10 of each positive and V01 of each negative, pair by pair."""
    x, n = s[y == 1], s[y == 0]
    wins = (x[:, None] > n[None, :]) + 0.5 * (x[:, None] == n[None, :])
    return wins.mean(axis=1), wins.mean(axis=0)


def obuchowski(y, scores, patients):
    """Covariance of AUCs over patients: Biometrics 53 (1997) 567, section 3, as printed."""
    ids = np.unique(patients)
    m, n, i = (y == 1).sum(), (y == 0).sum(), len(ids)
    i10 = len(np.unique(patients[y == 1]))
    i01 = len(np.unique(patients[y == 0]))
    xs, ys, aucs = [], [], []
    for s in scores:
        v10, v01 = placements(y, s)
        a = v10.mean()
        aucs.append(a)
        xs.append(np.array([(v10 - a)[patients[y == 1] == c].sum() for c in ids]))
        ys.append(np.array([(v01 - a)[patients[y == 0] == c].sum() for c in ids]))
    cov = np.zeros((len(scores), len(scores)))
    for r in range(len(scores)):
        for t in range(len(scores)):
            s10 = i10 / ((i10 - 1) * m) * (xs[r] * xs[t]).sum()
            s01 = i01 / ((i01 - 1) * n) * (ys[r] * ys[t]).sum()
            s11 = i / (i - 1) * ((xs[r] * ys[t]).sum() + (xs[t] * ys[r]).sum())
            cov[r, t] = s10 / m + s01 / n + s11 / (m * n)
    return np.array(aucs), cov


def over_patients(values, patients):
    """Standard error of a mean of images, over patients."""
    d = values - values.mean()
    sums = np.array([d[patients == c].sum() for c in np.unique(patients)])
    i = len(sums)
    return float(np.sqrt(i / (i - 1) * (sums**2).sum()) / len(values))


def rao_scott(outcomes, patients):
    """Rao & Scott 1992: Wilson's interval at the effective number of images."""
    p, n = outcomes.mean(), len(outcomes)
    if p in (0, 1):
        size = len(np.unique(patients))
    else:
        size = n / max(1, over_patients(outcomes, patients) ** 2 / (p * (1 - p) / n))
    centre = (p + Z**2 / (2 * size)) / (1 + Z**2 / size)
    half = Z / (1 + Z**2 / size) * np.sqrt(p * (1 - p) / size + Z**2 / (4 * size**2))
    return {"value": p, "low": max(0, centre - half) if p > 0 else 0,
            "high": min(1, centre + half) if p < 1 else 1}


def wilson(x, n):
    ci = binomtest(int(x), int(n)).proportion_ci(0.95, "wilson")
    return {"value": x / n, "low": ci.low, "high": ci.high}


def logit_interval(a, se):
    w = Z * se / (a * (1 - a))
    centre = np.log(a / (1 - a))
    return {"value": a, "standardError": se, "low": 1 / (1 + np.exp(-(centre - w))),
            "high": 1 / (1 + np.exp(-(centre + w)))}


def first_reaching(y, s, target):
    fpr, tpr, thresholds = roc_curve(y, s, drop_intermediate=False)
    k = int(np.argmax(tpr >= target))
    return {"specificity": {"value": 1 - fpr[k]}, "sensitivity": tpr[k], "threshold": thresholds[k]}


def ask_r(lines):
    """Runs R and reads one JSON list of numbers back."""
    script = "suppressMessages(library(pROC)); out <- c();" + "\n".join(lines)
    script += '\ncat(sprintf("%.17g", out), sep="\\n")'
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()]


def r_vector(values):
    return "c(" + ",".join(repr(float(v)) for v in values) + ")"


def glm(y, s):
    """Slope, its intercept, and calibration in the large, by R's glm."""
    x = np.log(np.clip(s, 1e-6, 1 - 1e-6) / (1 - np.clip(s, 1e-6, 1 - 1e-6)))
    return ask_r([
        f"y <- {r_vector(y)}; x <- {r_vector(x)}",
        "c1 <- list(epsilon=1e-14, maxit=100)",
        "a <- coef(glm(y ~ x, family=binomial, control=c1))",
        "b <- coef(glm(y ~ 1 + offset(x), family=binomial, control=c1))",
        "out <- c(a[2], a[1], b[1])",
    ]), x


def model_error(y, x, beta, patients, free):
    """Standard error of the last coefficient at the maximum that R found: from the information, or
    with patients by Liang & Zeger 1986 with I/(I-1). R's own summary stops one step short of it."""
    p = 1 / (1 + np.exp(-(beta[0] + beta[1] * x)))
    design = np.column_stack([np.ones_like(x), x]) if free else np.ones((len(x), 1))
    bread = np.linalg.inv(design.T @ (design * (p * (1 - p))[:, None]))
    if patients is None:
        return float(np.sqrt(bread[-1, -1]))
    ids = np.unique(patients)
    meat = sum(
        np.outer(g, g)
        for g in ((design * (y - p)[:, None])[patients == c].sum(axis=0) for c in ids)
    )
    return float(np.sqrt(len(ids) / (len(ids) - 1) * (bread @ meat @ bread)[-1, -1]))


def net_benefit(y, s, patients, t):
    odds, called = t / (1 - t), s >= t
    benefit = np.where(called, np.where(y == 1, 1.0, -odds), 0.0)
    everyone = np.where(y == 1, 1.0, -odds)
    avoided = (benefit - everyone) / odds * 100
    return {
        "threshold": t, "treatAll": everyone.mean(),
        "netBenefit": {"value": benefit.mean(), "standardError": over_patients(benefit, patients)},
        "avoidedPer100": {"value": avoided.mean(), "standardError": over_patients(avoided, patients)},
    }


def counts(y, s, t):
    tn, fp, fn, tp = confusion_matrix(y, s >= t, labels=[0, 1]).ravel()
    return {"truePositives": int(tp), "falsePositives": int(fp),
            "falseNegatives": int(fn), "trueNegatives": int(tn)}


def version_numbers(y, s, patients, threshold, clustered):
    n = len(y)
    (slope, intercept, large), x = glm(y, s)
    groups = patients if clustered else None
    called = (s >= threshold).astype(int)
    share = (lambda o, p: rao_scott(o.astype(float), p)) if clustered else (
        lambda o, p: wilson(o.sum(), len(o)))
    right = called == y
    units = patients if clustered else np.arange(n)
    bins = np.clip(np.ceil(s * 10).astype(int) - 1, 0, 9)
    present = [b for b in range(10) if (bins == b).any()]
    ece = sum((bins == b).mean() * abs(y[bins == b].mean() - s[bins == b].mean()) for b in present)
    return {
        "averagePrecision": {"value": average_precision_score(y, s)},
        "specificityAtSensitivity": [
            {"target": t, **first_reaching(y, s, t)} for t in (0.82, 0.89, 0.95)],
        "operatingPoint": {
            "threshold": threshold, "counts": counts(y, s, threshold),
            "sensitivity": share(right[y == 1], patients[y == 1]),
            "specificity": share(right[y == 0], patients[y == 0]),
            "ppv": share(right[called == 1], patients[called == 1]),
            "npv": share(right[called == 0], patients[called == 0]),
            "accuracy": share(right, patients),
            "balancedAccuracy": {"value": balanced_accuracy_score(y, called)},
            "f1": {"value": f1_score(y, called)},
        },
        "calibration": {
            "slope": {"value": slope, "standardError": model_error(
                y, x, (intercept, slope), groups, True)},
            "inTheLarge": {"value": large, "standardError": model_error(
                y, x, (large, 1), groups, False)},
            "brier": {"value": brier_score_loss(y, s),
                      "standardError": over_patients((s - y) ** 2, units)},
            "ece": ece,
        },
        "decisionCurve": [net_benefit(y, s, units, t) for t in RISKS],
    }


def changed(y, a, b, ta, tb, patients, clustered):
    before, after = a >= ta, b >= tb
    found = int(((y == 1) & ~before & after).sum())
    lost = int(((y == 1) & before & ~after).sum())
    cleared = int(((y == 0) & before & ~after).sum())
    called = int(((y == 0) & ~before & after).sum())
    out = {"found": found, "lost": lost, "cleared": cleared, "called": called}
    for name, label, (good, bad) in [
        ("sensitivity", 1, (found, lost)), ("specificity", 0, (cleared, called))]:
        among = y == label
        d = ((after == y).astype(float) - (before == y))[among]
        se = over_patients(d, patients[among] if clustered else np.arange(among.sum()))
        out[f"{name}Difference"] = {"value": d.mean(), "standardError": se}
        mcnemar = binomtest(min(good, bad), good + bad).pvalue if good + bad else 1.0
        out[f"{name}P"] = 2 * norm.sf(abs(d.mean() / se)) if clustered else mcnemar
    return out


def subgroup(y, scores, patients, levels, names):
    shown = []
    for name in names:
        among = levels == name
        m, n = int(y[among].sum()), int((1 - y[among]).sum())
        level = {"level": name, "positives": m, "negatives": n}
        if m >= 5 and n >= 5:
            aucs, cov = obuchowski(y[among], [s[among] for s in scores], patients[among])
            level["versions"] = [
                {"auc": logit_interval(a, np.sqrt(cov[k, k]))} for k, a in enumerate(aucs)]
        shown.append(level)
    return shown


def task_numbers(study, task, rule, clustered):
    known = [i for i in study["images"] if i["diagnosis"]]
    y = np.array([int(i["diagnosis"] == task) for i in known])
    patients = np.array([i["patient"] for i in known])
    scores = [np.array([i["versions"][v]["scores"][TASKS[task]] for i in known]) for v in range(3)]
    thresholds = [rule if clustered is False else first_reaching(y, s, rule)["threshold"]
                  for s in scores]
    if clustered:
        aucs, cov = obuchowski(y, scores, patients)
    else:
        aucs = np.array([roc_auc_score(y, s) for s in scores])
        cov = np.array([[*row] for row in delong(y, scores)])
    assert np.allclose(aucs, [roc_auc_score(y, s) for s in scores], atol=1e-14)
    contrast = np.array([[1, -1, 0], [0, 1, -1]])
    d = contrast @ aucs
    chi = float(d @ np.linalg.pinv(contrast @ cov @ contrast.T) @ d)
    differences = []
    for k in (1, 2):
        se = float(np.sqrt(cov[k, k] + cov[0, 0] - 2 * cov[k, 0]))
        value = float(aucs[k] - aucs[0])
        differences.append({
            "difference": {"value": value, "standardError": se, "low": value - Z * se,
                           "high": value + Z * se},
            "p": 2 * norm.sf(abs(value / se))})
    numbers = {
        "task": task, "positives": int(y.sum()), "negatives": int((1 - y).sum()),
        "patients": len(set(patients)), "withoutReference": len(study["images"]) - len(known),
        "versions": [{"auc": logit_interval(aucs[k], float(np.sqrt(cov[k, k]))),
                      **version_numbers(y, s, patients, thresholds[k], clustered)}
                     for k, s in enumerate(scores)],
        "differences": differences,
        "omnibus": {"chiSquare": chi, "df": 2, "p": float(scipy.stats.chi2.sf(chi, 2))},
        "changedCalls": [changed(y, scores[0], scores[k], thresholds[0], thresholds[k], patients,
                                 clustered) for k in (1, 2)],
    }
    if clustered:
        sexes = np.array([i["sex"] or "NOT_RECORDED" for i in known])
        names = [n for n in ("FEMALE", "MALE", "NOT_RECORDED") if (sexes == n).any()]
        numbers["subgroups"] = [{"attribute": "SEX",
                                 "levels": subgroup(y, scores, patients, sexes, names)}]
    else:
        for k, s in enumerate(scores):
            fpr, tpr, thresholds_ = roc_curve(y, s)
            numbers["versions"][k]["roc"] = [
                {"falsePositiveRate": f, "truePositiveRate": t,
                 "threshold": None if np.isinf(c) else c}
                for f, t, c in zip(fpr, tpr, thresholds_)]
    return numbers


def delong(y, scores):
    """Variances and covariances by pROC."""
    lines = [f"y <- {r_vector(y)}"]
    for k, s in enumerate(scores):
        lines.append(f"r{k} <- roc(y, {r_vector(s)}, direction='<', levels=c(0,1), quiet=TRUE)")
    lines.append("out <- c(" + ",".join(
        f"var(r{a})" if a == b else f"cov(r{a}, r{b})" for a in range(3) for b in range(3)) + ")")
    return np.array(ask_r(lines)).reshape(3, 3)


def adjust(tasks, how):
    """p.adjust of R over the tests of all tasks and versions."""
    p = [d["p"] for t in tasks for d in t["differences"]]
    adjusted = iter(ask_r([f"out <- p.adjust({r_vector(p)}, method='{how}')"]))
    for t in tasks:
        for d in t["differences"]:
            d["adjustedP"], d["tests"] = next(adjusted), len(p)


def segmentation(study, how):
    masked = [i for i in study["images"] if i["hasMask"]]
    patients = np.array([i["patient"] for i in masked])
    px = np.array([[v["px"] for v in i["versions"]] for i in masked], dtype=float)
    tp, fp, fn = px[:, :, 0], px[:, :, 1], px[:, :, 2]
    jaccard, dice = tp / (tp + fp + fn), 2 * tp / (2 * tp + fp + fn)
    differences = []
    for k in (1, 2):
        d = jaccard[:, k] - jaccard[:, 0]
        se = over_patients(d, patients)
        differences.append({
            "images": len(masked), "difference": {"value": d.mean(), "standardError": se},
            "p": 2 * norm.sf(abs(d.mean() / se)),
            "wilcoxonP": wilcoxon(d, zero_method="wilcox", correction=False, method="asymptotic").pvalue})
    adjust([{"differences": differences}], how)
    return {
        "images": len(masked), "patients": len(set(patients)),
        "withoutReference": len(study["images"]) - len(masked),
        "versions": [{
            "images": len(masked), "undefinedCount": 0,
            "meanJaccard": {"value": jaccard[:, k].mean(),
                            "standardError": over_patients(jaccard[:, k], patients)},
            "meanDice": {"value": dice[:, k].mean(),
                         "standardError": over_patients(dice[:, k], patients)},
            "medianJaccard": np.median(jaccard[:, k]), "medianDice": np.median(dice[:, k]),
            "lowerQuartileJaccard": np.quantile(jaccard[:, k], 0.25),
            "upperQuartileJaccard": np.quantile(jaccard[:, k], 0.75),
            "below065": int((jaccard[:, k] < 0.65).sum())} for k in range(3)],
        "differences": differences,
    }


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value.item() if isinstance(value, np.generic) else value


def main():
    study = plain(make_study())
    patient = [task_numbers(study, task, 0.89, True) for task in TASKS]
    adjust(patient, "holm")
    image = [task_numbers(study, task, 0.4, False) for task in TASKS]
    adjust(image, "BH")
    r = subprocess.run(
        ["Rscript", "-e", "cat(R.version.string, '/ pROC', as.character(packageVersion('pROC')))"],
        capture_output=True, text=True, check=True).stdout
    expected = {
        "computedWith": {"numpy": np.__version__, "scipy": scipy.__version__,
                         "scikit-learn": sklearn.__version__, "R": r},
        "byPatient": {"question": {"clustering": "PATIENT", "correction": "HOLM",
                                   "threshold": {"kind": "AT_SENSITIVITY", "value": 0.89}},
                      "tasks": patient, "segmentation": segmentation(study, "holm")},
        "byImage": {"question": {"clustering": "NONE", "correction": "BENJAMINI_HOCHBERG",
                                 "threshold": {"kind": "FIXED", "value": 0.4}},
                    "tasks": image},
    }
    (HERE / "study.json").write_text(json.dumps(study, indent=1) + "\n")
    (HERE / "expected.json").write_text(json.dumps(plain(expected), indent=1) + "\n")


main()
