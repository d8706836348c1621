"""The code items of area 2, run against azure-ai-ml: the key works, each alternative fails or does something else."""

import inspect
import tempfile
from pathlib import Path

import mlflow
from azure.ai.ml import Input, automl, command, load_job
from azure.ai.ml.sweep import Choice, LogUniform, QUniform, RandomSamplingAlgorithm, Uniform


def works(call, *arguments, **named):
    """Does the call go through?"""
    try:
        call(*arguments, **named)
    except Exception:
        return False
    return True


def job():
    """A command job with one input."""
    return command(
        command="python t.py --lr ${{inputs.lr}}", environment="azureml:e@latest", inputs={"lr": 0.9}
    )


def item_2_1_2():
    """A classification job."""
    data = Input(type="mltable", path="./churn")
    made = automl.classification(
        compute="c",
        training_data=data,
        target_column_name="churned",
        primary_metric="AUC_weighted",
        n_cross_validations=5,
    )
    assert made.target_column_name == "churned" and made.n_cross_validations == 5
    names = set(inspect.signature(automl.classification).parameters)
    assert "validation_data_size" in names and "max_trials" not in names


def item_2_3_4():
    """A text classification job with a language."""
    data = Input(type="mltable", path="./t")
    made = automl.text_classification(
        compute="g", training_data=data, validation_data=data, target_column_name="queue"
    )
    assert works(made.set_featurization, dataset_language="mul")
    assert not works(made.set_featurization, mode="mul")
    assert not works(made.set_featurization, model_name="mul")


def item_2_4_1():
    """Limits of a job for tables."""
    data = Input(type="mltable", path="./churn")
    made = automl.classification(
        compute="c", training_data=data, target_column_name="y", primary_metric="accuracy"
    )
    assert works(
        made.set_limits,
        timeout_minutes=120,
        max_trials=40,
        max_concurrent_trials=8,
        enable_early_termination=True,
    )
    for other in ("experiment_timeout_minutes", "max_concurrent_iterations", "enable_early_stopping"):
        assert not works(made.set_limits, **{other: 8})
    assert not works(made.set_limits, enable_stack_ensemble=True)


def item_2_10_1():
    """The functions of MLflow that the item names."""
    for name in (
        "set_experiment",
        "start_run",
        "log_metric",
        "autolog",
        "active_run",
        "log_param",
        "log_artifact",
    ):
        assert hasattr(mlflow, name)
    assert not hasattr(mlflow, "create_run")


def item_2_12_5():
    """A seed and a rule for random sampling."""
    assert works(RandomSamplingAlgorithm, seed=7, rule="sobol")
    for wrong in ({"random_state": 7}, {"sequence": "sobol"}, {"max_total_trials": 7}):
        assert not works(RandomSamplingAlgorithm, **wrong)


def item_2_13_1():
    """The bounds of a log-uniform distribution are given as they are."""
    assert LogUniform(min_value=-9.21, max_value=-2.30).min_value == -9.21
    assert QUniform(min_value=100, max_value=500, q=50).q == 50


def item_2_13_3():
    """A sweep in YAML."""
    sweep = (
        "type: sweep\ntrial:\n  command: python m.py --lr ${{{{{0}.lr}}}}\n  environment: azureml:e@latest\n"
        "search_space:\n  lr: {{type: {1}, min_value: 0.01, max_value: 0.9}}\n  b: {{type: {2}, values: [x, y]}}\n"
        "sampling_algorithm: random\nobjective: {{primary_metric: auc, goal: maximize}}\nlimits: {{max_total_trials: 4}}\n"
    )

    def loads(*parts):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.yml"
            path.write_text(sweep.format(*parts), encoding="utf-8")
            return works(load_job, str(path))

    assert loads("search_space", "uniform", "choice")
    assert not loads("search_space", "normal", "choice")
    assert not loads("search_space", "choice", "choice")
    assert not loads("search_space", "uniform", "uniform")


def item_2_13_4():
    """An input is overridden by an expression, then swept."""
    swept = job()(lr=Uniform(min_value=0.01, max_value=0.9)).sweep(
        compute="c", sampling_algorithm="random", primary_metric="auc", goal="Maximize"
    )
    assert "lr" in swept.search_space
    assert Choice(values=[1, 2]).values == [1, 2]


def item_2_14_2():
    """The objective of a sweep."""
    base = job()(lr=Uniform(min_value=0.01, max_value=0.9))
    assert works(
        base.sweep, compute="c", sampling_algorithm="bayesian", primary_metric="logloss", goal="Minimize"
    )
    names = set(inspect.signature(type(base).sweep).parameters)
    assert {"primary_metric", "goal"} <= names and not {
        "metric_name",
        "objective_metric",
        "direction",
        "mode",
    } & names


def item_series_limit_a_sweep():
    """Limits of a sweep are in seconds."""
    swept = job()(lr=Uniform(min_value=0.01, max_value=0.9)).sweep(
        compute="c", sampling_algorithm="random", primary_metric="auc", goal="Maximize"
    )
    assert works(swept.set_limits, max_total_trials=60, max_concurrent_trials=6, timeout=7200)
