"""Facts made by hand, as they stand in a learner's notes on Azure Machine Learning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dp100cards.cards import Source
from dp100cards.first.notes.facts import (
    Abbreviation,
    Advice,
    Cause,
    Change,
    Consequence,
    Contrast,
    Definition,
    Description,
    Enumeration,
    Fact,
    Own,
    Row,
    Sequence,
    Snippet,
    Statement,
    Use,
)

OPTIONS: dict[str, Any] = {
    "category": "Azure data science options",
    "heading": ("Training", "Azure Data Science Options"),
}
NOTEBOOKS: dict[str, Any] = {"heading": ("Training", "Azure Notebooks"), "category": "Training"}


def at(line: int, quote: str, note: str = "training.md") -> Source:
    return Source(note, (line, line), quote)


def what_is(name: str) -> dict[str, Any]:
    return {"category": "What is", "heading": ("Training", "Azure ML Service", f"What is a {name}")}


def training_facts() -> list[Fact]:
    facts: list[Fact] = []
    line = 0

    def add(fact: Fact) -> None:
        nonlocal line
        line += 1
        facts.append(replace(fact, source=replace(fact.source, lines=(line, line))))

    def described(concept: str, *values: str) -> None:
        for value in values:
            add(Description(concept=concept, value=value, source=at(1, f"{concept} - {value}."), **OPTIONS))

    described("Azure ML Studio", "drag and drop", "no code is needed there")
    add(
        Use(
            concept="Azure ML Studio",
            marker="ideal for",
            purpose="learning and beginner data scientists",
            source=at(1, "Ideal for learning and beginner data scientists."),
            **OPTIONS,
        )
    )
    described(
        "Azure Databricks",
        "based on Spark",
        "massive scale with Spark",
        "secure collaboration",
        "you can use different languages in the same notebook",
    )
    add(
        Enumeration(
            concept="Azure Databricks",
            lead="Core artifacts",
            what="core artifacts",
            items=("jobs", "libraries", "clusters", "workspaces", "notebooks"),
            source=at(1, "Core artifacts: Jobs, libraries, clusters, workspaces and notebooks."),
            **OPTIONS,
        )
    )
    add(
        Definition(
            concept="Azure Data Science Virtual Machine",
            value="VM with almost all of the tools one would need to do DS already preinstalled",
            source=at(1, "VM with almost all of the tools one would need to do DS already presintalled"),
            **OPTIONS,
        )
    )
    described(
        "Azure Data Science Virtual Machine",
        "easy to customize for your needs",
        "there are specific versions for Geo data",
    )
    add(
        Use(
            concept="SQL Server Machine Learning Services",
            marker="useful for",
            purpose="on-premise data",
            source=at(1, "Useful for on-premise data."),
            **OPTIONS,
        )
    )
    described(
        "Spark on Azure HDInsight",
        "massive scale with in-memory processing",
        "Hortonworks Distribution",
        "integration with other Azure services",
    )
    add(
        Contrast(
            concept="Databricks",
            other="HDInsight",
            value="built for collaboration and work in teams",
            source=at(
                1,
                "Databricks vs. HDInsights: Databricks it's easier to collaborate, built for collaboration and work in teams.",
            ),
            **OPTIONS,
        )
    )
    add(
        Enumeration(
            concept="Azure Notebooks",
            lead="Azure Notebooks only support",
            what="",
            items=("Python", "R", "F#"),
            inline=True,
            source=at(1, "Azure notebooks only support Python, R and F#."),
            **NOTEBOOKS,
        )
    )
    add(
        Definition(
            concept="Azure Notebooks",
            value="Azure based Jupyter Notebooks",
            source=at(1, "Azure based Jupyter Notebooks."),
            **NOTEBOOKS,
        )
    )
    add(
        Sequence(
            concept="DS pipeline",
            what="DS pipeline",
            steps=("Environment setup", "Data preparation", "Experimentation", "Deployment"),
            source=at(1, "Environment setup -> Data preparation -> Experimentation -> Deployment"),
            heading=("Training", "Azure ML Service"),
        )
    )
    add(
        Definition(
            concept="Workspace",
            value="the top-level resource for AMLS",
            source=at(1, "The top-level resource for AMLS."),
            **what_is("Workspace"),
        )
    )
    add(
        Statement(
            concept="Workspace",
            sentence="The workspace serves as a hub for building and deploying models",
            subject="The workspace",
            verb="serves as",
            object="a hub for building and deploying models",
            source=at(1, "It serves as a hub for building and deploying models."),
            **what_is("Workspace"),
        )
    )
    add(
        Statement(
            concept="Workspace",
            sentence="All models must be registered in the workspace for future use",
            subject="All models",
            verb="must be registered in",
            object="the workspace for future use",
            source=at(1, "All models must be registered in the workspace for future use."),
            **what_is("Workspace"),
        )
    )
    add(
        Statement(
            concept="Workspace",
            sentence="The workspace stores experiment objects that are required for each model you create",
            subject="The workspace",
            verb="stores",
            object="experiment objects that are required for each model you create",
            source=at(
                1, "The workspace stores experiment objects that are required for each model you create."
            ),
            **what_is("Workspace"),
        )
    )
    add(
        Enumeration(
            concept="Image",
            lead="An image has three components",
            what="components",
            items=(
                "a model and scoring script or application",
                "an environment file that declares the dependencies that are needed by the model, scoring script or application",
                "a configuration file that describes the necessary resources to execute the model",
            ),
            source=at(
                1,
                "An image has three components: A model and scoring script or application An environment file that declares the dependencies that are needed by the model, scoring script or application A configuration file that describes the necessary resources to execute the model",
            ),
            **what_is("Image"),
        )
    )
    add(
        Definition(
            concept="Datastore",
            value="an abstraction over an Azure Storage account",
            source=at(1, "An abstraction over an Azure Storage account."),
            **what_is("Datastore"),
        )
    )
    add(
        Definition(
            concept="Pipeline",
            value="a tool to create and manage workflows during a DS process: data manipulation, model training and testing and deployment phases",
            source=at(
                1,
                "A ML pipeline is a tool to create and manage workflows during a DS process: data manipulation, model training and testing and deployment phases.",
            ),
            **what_is("Pipeline"),
        )
    )
    add(
        Definition(
            concept="Compute Target",
            value="the compute resource to run a training script or to host service deployment",
            source=at(1, "Is the compute resource to run a training script or to host service deployment."),
            **what_is("Compute Target"),
        )
    )
    add(
        Statement(
            concept="Compute Target",
            sentence="A compute target is attached to a workspace",
            subject="A compute target",
            verb="is attached to",
            object="a workspace",
            source=at(1, "It's attached to a workspace."),
            **what_is("Compute Target"),
        )
    )
    add(
        Enumeration(
            concept="Deployed web service",
            lead="For a deployed web service, you have the choices of",
            what="choices",
            items=("container instances", "AKS", "FPGAs"),
            inline=True,
            source=at(
                1, "For a deployed web service, you have the choices of container Instances, AKS or FPGAs."
            ),
            **what_is("deployed web service"),
        )
    )
    add(
        Advice(
            concept="resource group",
            what="it's better to create a new RG for each ML workspace",
            why="there are several resources involved and we don't want to get a mess",
            status="advice",
            source=at(
                1,
                "Trainer said that its better to create a new RG for each ML workspace as there are several resources involved and we don't want to get a mess.",
            ),
        )
    )
    add(
        Cause(
            concept="notebook",
            claim="it is useful to work in teams",
            reason="you can run notebooks in the workspace without any kind of authentication and they are stored in the WS",
            source=at(
                1,
                "You can run notebooks in the workspace without any kind of authentication and they are stored in the WS. So it is useful to work in teams.",
            ),
        )
    )
    add(
        Consequence(
            concept="JupyterLab",
            condition="you use JupyterLab",
            result="you can link a repo in Azure DevOps",
            source=at(1, "If you use JupyterLab, you can link a repo in Azure DevOps."),
        )
    )
    add(
        Consequence(
            concept="model",
            condition="you register a model with the same name multiple times",
            result="it gets uploaded with greater version",
            source=at(
                1,
                "If you register a model with the same name multiple times, it gets uploaded with greater version.",
            ),
        )
    )
    add(
        Abbreviation(
            concept="Azure ML Services",
            short="AMLS",
            long="Azure ML Services",
            source=at(1, "A score script file tells Azure ML Services (AMLS) to call the model"),
        )
    )
    add(
        Definition(
            concept="Azure Notebooks",
            value="Azure based Jupyter Notebooks with a free tier",
            source=at(1, "Azure based Jupyter Notebooks. Free tier."),
            change=Change(
                "2021-01",
                "Azure Notebooks is retired; use compute instances and notebooks in the studio instead.",
                at(
                    60,
                    "Today (2021-01): Azure Notebooks is retired; use compute instances and notebooks in the studio instead.",
                ),
            ),
            **NOTEBOOKS,
        )
    )
    add(
        Snippet(
            concept="workspace",
            language="python",
            code="ws = {{Workspace}}.from_config()\nexp = {{Experiment}}(ws, 'demo')",
            task="Load the workspace and create an experiment",
            source=at(1, "ws = Workspace.from_config()"),
        )
    )
    add(
        Own(
            concept="",
            form="term",
            front="epoch",
            back="one pass over the training data",
            source=at(1, "epoch :: one pass over the training data"),
        )
    )
    for name, kind, cost in (
        ("Standard_NC6", "GPU", "$0.90"),
        ("Standard_D2", "CPU", "$0.10"),
        ("Standard_F4", "compute optimised CPU", "$0.20"),
        ("Standard_E8", "memory optimised CPU", "$0.50"),
    ):
        add(
            Row(
                concept=name,
                category="VM size",
                heading=("Training", "VM sizes"),
                cells=(("Processor", kind), ("Price per hour", cost)),
                source=at(1, f"| {name} | {kind} | {cost} |"),
            )
        )
    return facts
