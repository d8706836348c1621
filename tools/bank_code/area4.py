"""Runs what the items of area 4 claim of code: the key works, each alternative fails or does something else.

Ran on 2026-11-29 with azure-ai-ml 1.35.2, Jinja2 3.1.6, promptflow 1.18.5, openai 3.57.0. An item whose package is not installed is skipped.
    python tools/bank_code/area4.py
"""

import importlib
import io
import json
import os
import tempfile
import typing
from pathlib import Path


class Skip(Exception):
    pass


def need(name):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Skip(name) from error


def fails(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except Exception:
        return True
    return False


# prompts


def render(text, **values):
    return need("jinja2").Template(text).render(**values)


def item_4_7_1():
    turns = [{"inputs": {"question": "q1"}, "outputs": {"answer": "a1"}}]
    text = "{% for item in LIST %}user:\n{{ item.FIELD }}\nassistant:\n{{ item.outputs.answer }}\n{% endfor %}user:\n{{ question }}"

    def run(names, field):
        return render(text.replace("LIST", names).replace("FIELD", field), chat_history=turns, question="q2")

    assert run("chat_history", "inputs.question") == "user:\nq1\nassistant:\na1\nuser:\nq2"
    for names in ("inputs", "messages"):
        assert run(names, "inputs.question") == "user:\nq2"
    for field in ("question", "outputs.question"):
        assert "q1" not in run("chat_history", field)


def item_4_7_4():
    text = '{% OPEN tier == "gold" %}Free.{% CLOSE %}Q: VALUE'

    def run(tier, opening="if", closing="endif", value="{{ question }}"):
        made = text.replace("OPEN", opening).replace("CLOSE", closing).replace("VALUE", value)
        return render(made, tier=tier, question="why?")

    assert run("gold") == "Free.Q: why?" and run("basic") == "Q: why?"
    assert fails(run, "gold", opening="for") and fails(run, "gold", opening="when")
    assert fails(run, "gold", closing="else") and fails(run, "gold", closing="end")
    assert run("basic", value="${question}") == "Q: ${question}" and fails(
        run, "basic", value="{% question %}"
    )


GRADE = "from promptflow.core import tool\n@tool\ndef g(groundtruth: str, prediction: str) -> str:\n    return 'Correct' if groundtruth == prediction else 'Incorrect'\n"
SHARE = "from promptflow.core import tool, log_metric\n@tool\ndef a(grades: list):\n    log_metric('accuracy', grades.count('Correct') / len(grades))\n    return 1\n"
WEB = "from promptflow.core import tool\n@tool\ndef c(url: str) -> str:\n    return 'App' if 'app' in url else 'None'\n"


def flow(folder, nodes, inputs, outputs, **sources):
    folder.mkdir()
    (folder / "flow.dag.yaml").write_text(json.dumps({"inputs": inputs, "outputs": outputs, "nodes": nodes}))
    for name, text in sources.items():
        (folder / f"{name}.py").write_text(text)
    return str(folder)


def node(name, inputs, **more):
    return {
        "name": name,
        "type": "python",
        "source": {"type": "code", "path": f"{name}.py"},
        "inputs": inputs,
        **more,
    }


def evaluated(folder, mapping, grades="${grade.output}", **more):
    """The metrics of an evaluation over two rows, or None if the run fails."""
    os.environ["PF_DISABLE_TRACING"] = "true"
    client = need("promptflow.client").PFClient()
    text = {"type": "string"}
    root = Path(tempfile.mkdtemp(dir=folder))
    web = flow(
        root / "web",
        [node("classify", {"url": "${inputs.url}"})],
        {"url": text},
        {"category": {**text, "reference": "${classify.output}"}},
        classify=WEB,
    )
    nodes = [
        node("grade", {"groundtruth": "${inputs.groundtruth}", "prediction": "${inputs.prediction}"}),
        node("accuracy", {"grades": grades}, **more),
    ]
    score = flow(
        root / "score",
        nodes,
        {"groundtruth": text, "prediction": text},
        {"grade": {**text, "reference": "${grade.output}"}},
        grade=GRADE,
        accuracy=SHARE,
    )
    data = root / "urls.jsonl"
    data.write_text('{"url": "an app", "category": "App"}\n{"url": "a book", "category": "Movie"}\n')
    try:
        base = client.run(flow=web, data=str(data), column_mapping={"url": "${data.url}"})
        run = client.run(flow=score, data=str(data), run=base, column_mapping=mapping)
        return client.get_metrics(run)
    except Exception:
        return None


RIGHT = {"groundtruth": "${data.category}", "prediction": "${run.outputs.category}"}


def item_4_6_3():
    with tempfile.TemporaryDirectory() as folder:
        assert evaluated(folder, RIGHT, aggregation=True) == {"accuracy": 0.5}
        assert evaluated(folder, {**RIGHT, "groundtruth": "${run.outputs.category}"}, aggregation=True) == {
            "accuracy": 1.0
        }
        assert not evaluated(folder, {**RIGHT, "groundtruth": "${inputs.category}"}, aggregation=True)
        assert evaluated(folder, {**RIGHT, "prediction": "${data.category}"}, aggregation=True) == {
            "accuracy": 1.0
        }
        assert not evaluated(folder, {**RIGHT, "prediction": "${classify_with_llm.output}"}, aggregation=True)


def item_4_8_5():
    with tempfile.TemporaryDirectory() as folder:
        assert evaluated(folder, RIGHT, aggregation=True) == {"accuracy": 0.5}
        for grades in ("${run.outputs.grade}", "${inputs.grade}"):
            assert not evaluated(folder, RIGHT, grades, aggregation=True)
        for key in ("activate", "batch"):
            assert not evaluated(folder, RIGHT, **{key: True})


def item_4_9_1():
    load = need("azure.ai.ml").load_online_deployment
    text = "name: blue\nendpoint_name: support-chat\nmodel: azureml:flow:1\nenvironment: azureml:pf:1\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n"
    made = load(
        io.StringIO(
            text
            + "app_insights_enabled: false\nenvironment_variables:\n  APPLICATIONINSIGHTS_CONNECTION_STRING: x\n"
        )
    )
    assert made.app_insights_enabled is False and made.environment_variables == {
        "APPLICATIONINSIGHTS_CONNECTION_STRING": "x"
    }
    assert load(io.StringIO(text + "app_insights_enabled: true\n")).app_insights_enabled is True
    assert not load(io.StringIO(text)).app_insights_enabled


# arithmetic


def item_4_1_8():
    assert round((600 * 500 * 0.6 + 4 * 600 * 100) / 2000) == 210
    assert [(180_000 + 60_000) / 2000, (300_000 + 60_000) / 2000, (300_000 + 240_000) / 2000] == [
        120,
        180,
        270,
    ]


def item_4_2_1():
    def blend(model, input_share, output_share):
        return (input_share * model[0] + output_share * model[1]) / 4

    a, b = (1, 8), (3, 4)
    assert (blend(a, 3, 1), blend(b, 3, 1)) == (2.75, 3.25) and (blend(a, 1, 3), blend(b, 1, 3)) == (
        6.25,
        3.75,
    )


def item_4_11_3():
    assert round(1 / (1 + (1 - 0.75)), 2) == 0.80 and round(1 / 1.75, 2) == 0.57


def item_4_12_5():
    def rrf(*ranks):
        return sum(1 / (rank + 60) for rank in ranks)

    scores = {"P": rrf(1), "Q": rrf(4, 4), "R": rrf(30, 10), "S": rrf(2)}
    assert sorted(scores, key=scores.get) == ["S", "P", "R", "Q"]


def item_4_16_4():
    assert 1.5 * 4 * 3 == 18 and round(1.7 * 4 * 3, 2) == 20.4 and 1.5 * 6 * 3 == 27 and 1.5 * 3 == 4.5


# fine-tuning: what the OpenAI client takes


def item_4_16_2():
    openai = need("openai")
    need("openai.types.fine_tuning.job_create_params")
    method = openai.types.fine_tuning.job_create_params.Method
    kinds = typing.get_args(typing.get_args(typing.get_type_hints(method, include_extras=True)["type"])[0])
    assert "dpo" in kinds and "supervised" in kinds and "preference" not in kinds
    purposes = typing.get_args(openai.types.FilePurpose)
    assert "fine-tune" in purposes and "batch" in purposes


if __name__ == "__main__":
    for name, item in sorted(globals().copy().items()):
        if name.startswith("item_"):
            try:
                item()
                print(name, "ok")
            except Skip as missing:
                print(name, "skipped: no", missing)
