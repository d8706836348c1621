"""The code items of area 1, run against azure-ai-ml: the key works, each alternative fails or does something else."""

import inspect
import tempfile
from pathlib import Path

from azure.ai.ml import MLClient, entities, load_compute, load_datastore
from azure.ai.ml.entities import AmlCompute, AzureBlobDatastore, Environment
from azure.ai.ml.operations import WorkspaceOperations


def loads(load, text):
    """Does a YAML text load as what `load` reads?"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.yml"
        path.write_text(text, encoding="utf-8")
        try:
            load(str(path))
        except Exception:
            return False
    return True


def parameters(function):
    """The names of a function's parameters."""
    return set(inspect.signature(function).parameters)


def item_1_4_5():
    """Permanent deletion of a workspace."""
    assert "permanently_delete" in parameters(WorkspaceOperations.begin_delete)
    assert not {"force_delete", "purge"} & parameters(WorkspaceOperations.begin_delete)


def item_1_4_9():
    """The client's parameter for a workspace, and in item 1.10-7 for a registry."""
    assert {"workspace_name", "registry_name"} <= parameters(MLClient.__init__)
    assert not {"name", "hub_id"} & parameters(MLClient.__init__)


def item_1_5_2():
    """A blob datastore."""
    assert "container_name" in parameters(AzureBlobDatastore.__init__)
    assert not {"filesystem", "file_share_name"} & parameters(AzureBlobDatastore.__init__)


def item_1_5_3():
    """A Gen2 datastore in YAML."""
    store = "name: lake\ntype: {0}\naccount_name: contosolake\n{1}: curated\n"
    assert loads(load_datastore, store.format("azure_data_lake_gen2", "filesystem"))
    for wrong in ("azure_blob", "azure_file"):
        assert not loads(load_datastore, store.format(wrong, "filesystem"))
    for wrong in ("container_name", "store_name"):
        assert not loads(load_datastore, store.format("azure_data_lake_gen2", wrong))


def item_1_6_2():
    """A cluster of low-priority nodes."""
    assert "max_instances" in parameters(AmlCompute.__init__)
    assert not {"instance_count", "max_nodes"} & parameters(AmlCompute.__init__)
    cluster = "name: abc\ntype: amlcompute\nsize: Standard_DS3_v2\ntier: {0}\n"
    assert loads(load_compute, cluster.format("low_priority"))
    assert not loads(load_compute, cluster.format("spot"))


def item_1_9_4():
    """An environment from a base image and a conda file."""
    assert {"image", "conda_file", "build"} <= parameters(Environment.__init__)
    assert not {"docker_image", "conda_dependencies", "requirements"} & set(
        inspect.signature(Environment.__init__).parameters
    )


def item_1_6_8():
    """A compute instance that stops by a schedule."""
    friday = entities.RecurrencePattern(week_days=["friday"], hours=18, minutes=0)
    trigger = entities.RecurrenceTrigger(frequency="week", interval=1, schedule=friday)
    stop = entities.ComputeStartStopSchedule(trigger=trigger, action="stop")
    made = entities.ComputeInstance(
        name="ci-ana", schedules=entities.ComputeSchedules(compute_start_stop=[stop])
    )
    assert made.schedules.compute_start_stop[0].action == "stop"
    for other in (entities.JobSchedule, entities.CronTrigger):
        try:
            other(trigger=trigger, action="stop")
        except TypeError:
            continue
        raise AssertionError(other)
