(function () {
  /* Makes buttons of what can be chosen, keeps what was tapped, and marks it on the back. Without it all can be read. */
  var front = document.querySelector(".front"), back = document.querySelector(".back");
  var asked = document.querySelector(".question");
  if (!asked || !(front || back)) { return; }
  asked = asked.textContent;
  var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  function each(list, act) { Array.prototype.slice.call(list || []).forEach(act); }
  function letter(n) { return letters.charAt(n) || String(n + 1); }
  function plain(text) { return text.replace(/\s+/g, " ").trim(); }
  function kept() {
    try { return JSON.parse(sessionStorage.getItem("dp100")) || window.dp100kept; } catch (e) { return window.dp100kept; }
  }
  function keep(order, picks) {
    window.dp100kept = { asked: asked, order: order, picks: picks };
    try { sessionStorage.setItem("dp100", JSON.stringify(window.dp100kept)); } catch (e) { return; }
  }
  function element(name, kind, text) {
    var made = document.createElement(name);
    made.className = kind;
    if (text) { made.textContent = text; }
    return made;
  }
  function button(role, label, content) {
    var made = element("button", "option tappable");
    made.type = "button";
    made.setAttribute("role", role);
    made.setAttribute("aria-checked", "false");
    made.setAttribute("onclick", "dp100tap(this)");
    if (label) { made.appendChild(element("span", "letter", label)); }
    if (content) { made.appendChild(content); }
    return made;
  }
  function moved(item) {
    var text = element("span", "text");
    while (item.firstChild) { text.appendChild(item.firstChild); }
    return text;
  }
  function check(option, on) { option.setAttribute("aria-checked", on ? "true" : "false"); }
  function only(options, option) {
    var on = option.getAttribute("aria-checked") !== "true";
    each(options, function (other) { check(other, on && other === option); });
  }

  function options(list) {
    var way = list.getAttribute("data-pick"), items = Array.prototype.slice.call(list.children), sequence = [];
    var order = items.map(function (_, n) { return n; });
    for (var i = order.length - 1; way !== "order" && i > 0; i--) {
      var j = Math.floor(Math.random() * (i + 1)), swap = order[i];
      order[i] = order[j]; order[j] = swap;
    }
    list.className += " tapped";
    list.setAttribute("role", way === "one" ? "radiogroup" : "group");
    var texts = items.map(function (item) { return plain(item.textContent); });
    var made = order.map(function (n, place) {
      var option = button(way === "one" ? "radio" : "checkbox", way === "order" ? "" : letter(place), moved(items[n]));
      if (way === "order") { option.insertBefore(element("span", "letter", letter(place)), option.firstChild); }
      list.appendChild(items[n]);
      items[n].appendChild(option);
      option.dp100 = n;
      return option;
    });
    function picked() {
      if (way === "order") { return sequence.map(function (n) { return texts[n]; }); }
      return made.filter(function (o) { return o.getAttribute("aria-checked") === "true"; })
        .map(function (o) { return o.dp100; });
    }
    keep(order, picked());
    return function (option) {
      if (way === "order") {
        var at = sequence.indexOf(option.dp100);
        if (at < 0) { sequence.push(option.dp100); } else { sequence.splice(at, 1); }
        made.forEach(function (other, place) {
          var turn = sequence.indexOf(other.dp100);
          check(other, turn >= 0);
          other.firstChild.textContent = turn < 0 ? letter(place) : turn + 1 + ".";
        });
      } else if (way === "one") { only(made, option); } else {
        check(option, option.getAttribute("aria-checked") !== "true");
      }
      keep(order, picked());
    };
  }

  function rows(list) {
    var values = [], picks = [];
    each(document.querySelectorAll(".front .values > li"), function (item) { values.push(plain(item.textContent)); });
    each(list.children, function (row, n) {
      var group = element("div", "pick"), words = row.querySelectorAll("code.word");
      group.setAttribute("role", "radiogroup");
      picks.push("");
      var labels = words.length ? Array.prototype.map.call(words, function (word) { return word.textContent; })
        : values.length ? values.map(function (_, place) { return letter(place); }) : ["Yes", "No"];
      if (words.length) { row.textContent = ""; }
      labels.forEach(function (label, place) {
        var option = button("radio", label);
        option.dp100 = [n, words.length || !values.length ? plain(label) : values[place]];
        group.appendChild(option);
      });
      row.appendChild(group);
    });
    keep([], picks);
    return function (option) {
      only(option.parentNode.children, option);
      picks[option.dp100[0]] = option.getAttribute("aria-checked") === "true" ? option.dp100[1] : "";
      keep([], picks);
    };
  }

  function result(points, of) {
    if (of) { back.insertBefore(element("div", "result", points === of ? "✓ All right." :
      of === 1 ? "✗ Not right." : "✗ " + points + " of " + of + " right."), back.firstChild); }
  }
  function shown() {
    var was = kept(), list = back.querySelector("ol.key[type=A]"), keys = back.querySelectorAll(".key-text");
    if (!was || was.asked !== asked || !was.picks.join("")) { return; }
    var points = 0;
    if (list && was.order.length === list.children.length) {
      var items = Array.prototype.slice.call(list.children), of = list.querySelectorAll(".right").length;
      was.order.forEach(function (n) { list.appendChild(items[n]); });
      was.picks.forEach(function (n) {
        points += items[n].className === "right" ? 1 : 0;
        items[n].appendChild(element("span", "yours", " ← your answer"));
      });
      result(Math.max(points - Math.max(was.picks.length - of, 0), 0), of);
    } else if (!list) {
      each(keys, function (key, n) {
        var said = was.picks[n] || "", right = said === plain(key.textContent);
        points += right ? 1 : 0;
        key.insertAdjacentElement("afterend", element("span", right ? "right" : "wrong",
          right ? " ✓" : said ? " ✗ your answer: " + said : " ✗ no answer"));
      });
      result(points, keys.length);
    }
  }

  if (back) { shown(); return; }
  var list = front.querySelector("[data-pick]");
  if (!list) { return; }
  var tap = list.getAttribute("data-pick") === "rows" ? rows(list) : options(list);
  window.dp100tap = function (option) { tap(option); };
})();
