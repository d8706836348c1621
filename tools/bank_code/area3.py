"""Checks for authors: the code of area 3's items (run with azure-ai-ml 1.35.2).

Each function builds the key's version of an item and every alternative:
the key works, an alternative fails or does something else. Nothing goes
over the network. Run: python tools/bank_code/area3.py
"""

import io
import logging
import tempfile
import warnings
from datetime import timedelta
from pathlib import Path

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from azure.ai.ml import (  # noqa: E402
    Input,
    Output,
    command,
    entities,
    load_component,
    load_job,
)
from azure.ai.ml.dsl import pipeline  # noqa: E402


def fails(make, *args, **kwargs):
    """Tell whether building or checking raises or reports an error."""
    try:
        result = make(*args, **kwargs)
    except Exception:
        return True
    if not hasattr(result, "_validate"):
        return False
    try:
        return not result._validate().passed
    except Exception:
        return True


def job(text):
    """Load a job from YAML text."""
    return load_job(io.StringIO(text))


def component(folder, name, text):
    """Write a YAML file and return its path."""
    path = Path(folder, name)
    path.write_text(text, encoding="utf-8")
    return str(path)


def item_3_1_3():
    """The output's name registers it; a wrong mode or path is refused."""

    def prep(**clean):
        return command(
            command="python prep.py --raw ${{inputs.raw}} --clean ${{outputs.clean}}",
            inputs={"raw": Input(type="uri_folder", path="azureml:sales-raw:4")},
            outputs={"clean": Output(type="uri_folder", **clean)},
            environment="azureml:prep-env:3",
            compute="cpu-cluster",
        )

    key = prep(name="sales-clean")
    assert key._validate().passed and key.outputs.clean.name == "sales-clean"
    for other in ("mode", "path"):
        assert fails(prep, **{other: "sales-clean"}) or not prep(**{other: "sales-clean"}).outputs.clean.name


def item_3_2_2():
    """Processes a node and nodes; other keys are unknown."""
    text = (
        "type: command\ncommand: python train.py\nenvironment: azureml:torch-env:5\n"
        "compute: azureml:gpu-cluster\ndistribution:\n  type: pytorch\n  {}: 2\nresources:\n  {}: 4\n"
    )
    key = job(text.format("process_count_per_instance", "instance_count"))
    assert key._validate().passed and key.resources.instance_count == 4
    for other in ("worker_count", "parameter_server_count"):
        assert fails(job, text.format(other, "instance_count"))
    for other in ("max_instances", "node_count"):
        assert fails(job, text.format("process_count_per_instance", other))


def item_3_2_3():
    """The tier of a serverless job."""
    text = "type: command\ncommand: python train.py\nenvironment: azureml:e:1\n"
    assert job(text + "queue_settings: {job_tier: Spot}\n").queue_settings.job_tier.lower() == "spot"
    assert fails(job, text + "tier: low_priority\n")


def item_3_5_1():
    """A literal input stays a number."""
    text = (
        "type: command\ncommand: python train.py --data ${{{{inputs.data}}}} --rate {}\n"
        "inputs:\n  data: {{type: uri_file, path: 'azureml:diabetes:2'}}\n  rate: {}\n"
        "environment: azureml:sk-env:2\ncompute: azureml:cpu-cluster\n"
    )
    key = job(text.format("${{inputs.rate}}", "0.05"))
    assert key._validate().passed and key.inputs.rate._data == 0.05
    for other in ("{type: uri_file, path: '0.05'}", "{type: uri_folder}"):
        assert job(text.format("${{inputs.rate}}", other)).inputs.rate._data != 0.05


def item_3_8_2():
    """An optional input needs no value."""
    text = (
        "type: command\nname: train_churn\ninputs:\n  training_data: {{type: uri_folder}}\n"
        "  max_epochs:\n    type: integer\n    {}\noutputs:\n  model: {{type: mlflow_model}}\n"
        "environment: azureml:sk-env:2\n"
        "command: python train.py $[[--epochs ${{{{inputs.max_epochs}}}}]] --model ${{{{outputs.model}}}}\n"
    )
    with tempfile.TemporaryDirectory() as folder:

        def run(line):
            train = load_component(component(folder, "train.yml", text.format(line)))

            @pipeline(default_compute="cpu-cluster")
            def one():
                train(training_data=Input(type="uri_folder", path="azureml:a:1"))

            return one()

        assert run("optional: true")._validate().passed
        assert fails(run, "required: true") and fails(run, "default: true")


STEP = (
    "type: command\nname: {0}\ninputs: {{{1}: {{type: uri_folder}}}}\noutputs: {{{2}: {{type: uri_folder}}}}\n"
    "environment: azureml:e:1\ncommand: python a.py ${{{{inputs.{1}}}}} ${{{{outputs.{2}}}}}\n"
)


def item_3_9_2():
    """Default compute, and the output of a step as an input."""
    with tempfile.TemporaryDirectory() as folder:
        prep = load_component(component(folder, "prep.yml", STEP.format("prep", "raw_data", "clean_data")))
        train = load_component(component(folder, "train.yml", STEP.format("train", "training_data", "model")))

        def build(setting, pick):
            @pipeline(**{setting: "cpu-cluster"})
            def churn(raw):
                p = prep(raw_data=raw)
                t = train(training_data=pick(p))
                t.compute = "gpu-cluster"
                return {"model": t.outputs.model}

            return churn(raw=Input(type="uri_folder", path="azureml:calls:1"))

        key = build("default_compute", lambda p: p.outputs.clean_data)
        assert key._validate().passed and key.settings.default_compute == "cpu-cluster"
        for other in ("compute_target", "default_datastore"):
            assert fails(build, other, lambda p: p.outputs.clean_data)
        assert fails(build, "default_compute", lambda p: p.inputs.raw_data)
        assert fails(build, "default_compute", lambda p: prep.outputs.clean_data)


def item_3_10_1():
    """An output with a place and a mode of its own."""
    text = (
        "type: pipeline\nsettings: {{default_compute: azureml:cpu-cluster}}\n"
        "inputs:\n  raw: {{type: uri_folder, path: 'azureml:sales:1'}}\njobs:\n"
        "  prep:\n    type: command\n    component: ./prep.yml\n"
        "    inputs: {{raw_data: '${{{{parent.inputs.raw}}}}'}}\n"
        "    outputs: {{clean_data: {{type: uri_folder, path: '{}', mode: {}}}}}\n"
    )
    path = "azureml://datastores/lake/paths/clean/${{name}}"
    with tempfile.TemporaryDirectory() as folder:
        component(folder, "prep.yml", STEP.format("prep", "raw_data", "clean_data"))
        loaded = load_job(component(folder, "pipeline.yml", text.format(path, "upload")))
        assert loaded._validate().passed
        output = loaded.jobs["prep"].outputs.clean_data._data
        assert (output.path, output.mode) == (path, "upload")


def item_3_11_schedules():
    """Both kinds of trigger, and a schedule."""
    cron = entities.CronTrigger(expression="30 6 * * 1", time_zone="W. Europe Standard Time")
    assert cron.expression == "30 6 * * 1"
    month = entities.RecurrenceTrigger(frequency="month", interval=1, start_time="2026-12-01T02:00:00")
    assert month._to_rest_object()["frequency"] == "month"
    entities.JobSchedule(name="retrain", trigger=month, create_job="azureml:tested-job")


def item_3_15_1():
    """Without a type a model is a custom model."""
    assert entities.Model(name="churn", path="m").type == "custom_model"
    assert entities.Model(name="churn", path="m", type="mlflow_model").type == "mlflow_model"


def item_3_18_2():
    """Names of the settings of a managed online deployment."""
    base = {
        "name": "blue",
        "endpoint_name": "fares",
        "model": "azureml:fares:3",
        "environment": "azureml:e:2",
    }
    code = entities.CodeConfiguration(code="src", scoring_script="score.py")
    key = entities.ManagedOnlineDeployment(
        **base, code_configuration=code, instance_type="Standard_DS3_v2", instance_count=3
    )
    assert key.instance_count == 3 and key.code_configuration.scoring_script == "score.py"
    assert not hasattr(entities, "InferenceConfig")
    assert fails(entities.BuildContext, code="src", scoring_script="score.py")
    for other in ("compute", "size", "min_instances", "max_concurrent_trials"):
        assert fails(entities.ManagedOnlineDeployment, **base, **{other: 3})


def item_3_21_4():
    """Workers a node, and a timeout in seconds."""

    def settings(name, timeout):
        retry = entities.BatchRetrySettings(max_retries=3, timeout=timeout)
        return entities.ModelBatchDeploymentSettings(mini_batch_size=20, **{name: 4}, retry_settings=retry)

    key = settings("max_concurrency_per_instance", 300)
    assert key.max_concurrency_per_instance == 4
    assert key.retry_settings._to_rest_object().timeout == timedelta(seconds=300)
    for other in ("instance_count", "error_threshold"):
        assert settings(other, 300).max_concurrency_per_instance is None
    for other in (5, 300000):
        assert settings(
            "max_concurrency_per_instance", other
        ).retry_settings._to_rest_object().timeout != timedelta(seconds=300)


if __name__ == "__main__":
    for name, check in sorted(globals().items()):
        if name.startswith("item_"):
            check()
            print("ok", name)
