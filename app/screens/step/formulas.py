"""The formula of each half-step in LaTeX, and the same with one row's numbers filled in."""

from __future__ import annotations

import math

import numpy as np

from ...formatting import latex_figure as num
from .half_steps import Row, answer, term_loss
from .notation import Notation, subscript, written_out


class Formulas(Notation):
    """The formulas of one record: a method a half-step."""

    def both(self, half_step: str, row: Row) -> tuple[str, str]:
        """Return the formula of a half-step, and its numbers in one row."""
        symbols, numbers = getattr(self, half_step)(row)
        return symbols, numbers

    def vectors(self, row: Row) -> tuple[str, str]:
        """w_c and u_j as rows of W and U."""
        w, u = self.record.hidden, self.record.output_vectors[row.place]
        return (
            rf"{self.w} = W_{{c,:}} \qquad {self.u(row, 'j')} = U_{{j,:}}",
            rf"\begin{{aligned}}{self.w} &= {self.paint('center', self.entries(w))}\\"
            rf"{self.u(row)} &= {self.value(row, self.entries(u))}\end{{aligned}}",
        )

    def scores(self, row: Row) -> tuple[str, str]:
        """s = w . u."""
        w, u = self.record.hidden, self.record.output_vectors[row.place]
        products = r"\\ &\quad + ".join(
            rf"({self.paint('center', num(a))})({self.value(row, num(b))})"
            for a, b in zip(w[:2].tolist(), u[:2].tolist(), strict=True)
        )
        more = r" + \cdots" if len(w) > 2 else ""
        return (
            rf"s_j = {self.w}^{{\!\top}}{self.u(row, 'j')} = \sum_i w_{{c,i}}\,u_{{j,i}}",
            rf"\begin{{aligned}}{self.s(row)} &= {products}{more}\\"
            rf"&= {self.value(row, num(self.record.scores[row.column]))}\end{{aligned}}",
        )

    def exponentials(self, row: Row) -> tuple[str, str]:
        """exp(s), and their sum."""
        s, e = self.record.scores[row.column], self.record.exponentials[row.column]
        return (
            r"e^{s_j} \qquad Z = \sum_{w} e^{s_w}",
            rf"\begin{{aligned}}e^{{{self.s(row)}}} &= e^{{{num(s)}}} = {self.value(row, num(e))}\\"
            rf"Z &= {num(self.record.partition)}\end{{aligned}}",
        )

    def sigmoids(self, row: Row) -> tuple[str, str]:
        """sigmoid(s)."""
        s, p = self.record.scores[row.column], self.record.probabilities[row.column]
        return (
            r"\sigma(s) = \frac{1}{1 + e^{-s}}",
            rf"\sigma({self.s(row)}) = \frac{{1}}{{1 + e^{{{num(-s)}}}}} = {self.value(row, num(p))}",
        )

    def probabilities(self, row: Row) -> tuple[str, str]:
        """The probability of the right answer, or of the word."""
        if self.softmax:
            return self._softmax_probabilities(row)
        if self.objective == "hierarchical_softmax":
            product = written_out(self._answers(), r"\cdot")
            return (
                r"p(o \mid c) = \prod_{t} \sigma(\pm s_t)",
                rf"\begin{{aligned}}p({self.o} \mid {self.c}) &= {product}\\"
                rf"&= {self.paint('context', num(self.record.distribution[self.record.target]))}\end{{aligned}}",
            )
        p, right = self.record.probabilities[row.column], answer(self.record, row.column)
        symbols = rf"\sigma({self.paint('context', 's_o')}) \qquad 1 - \sigma({self.paint('noise', 's_n')})"
        if row.positive:
            return symbols, rf"\sigma({self.s(row)}) = {self.value(row, num(right))}"
        return symbols, rf"1 - \sigma({self.s(row)}) = 1 - {num(p)} = {self.value(row, num(right))}"

    def _softmax_probabilities(self, row: Row) -> tuple[str, str]:
        e, Z = self.record.exponentials[row.column], self.record.partition
        symbols = r"p(o \mid c) = \frac{e^{s_o}}{\sum_w e^{s_w}}".replace("s_o", self.paint("context", "s_o"))
        if self.objective == "softmax_with_negatives":
            symbols += r" \qquad r_n = \frac{e^{-s_n}}{\sum_w e^{s_w}}".replace(
                "-s_n", self.paint("noise", "-s_n")
            )
        if row.role == "noise":
            s, p = self.record.scores[row.column], answer(self.record, row.column)
            return symbols, rf"\frac{{e^{{{num(-s)}}}}}{{{num(Z)}}} = {self.value(row, num(p))}"
        p = self.record.probabilities[row.column]
        return symbols, rf"\frac{{{self.value(row, num(e))}}}{{{num(Z)}}} = {self.value(row, num(p))}"

    def terms(self, row: Row) -> tuple[str, str]:
        """-log P of each term."""
        symbols = {
            "softmax": r"\ell = -\log p(o \mid c)",
            "negative_sampling": r"\begin{gathered} \ell_o = -\log \sigma(s_o) \\"
            r"\ell_n = -\log\,(1 - \sigma(s_n)) \end{gathered}",
            "hierarchical_softmax": r"\ell_t = -\log \sigma(\pm s_t)",
            "softmax_with_negatives": r"\ell_o = -\log p(o \mid c) \qquad \ell_n = -\log r_n",
        }[self.objective]
        if not (row.positive or row.negative):
            row = self.rows[0]
        counted = num(row.positive + row.negative) if row.positive + row.negative > 1 else ""
        loss = term_loss(self.record, row.column)
        if row.positive and row.negative:
            return symbols, rf"\ell_{{{row.symbol}}} = {self.paint('loss', num(loss))}"
        return symbols, (
            rf"-{counted.removesuffix('.0000')}\log {self.value(row, num(answer(self.record, row.column)))}"
            rf" = {self.paint('loss', num(loss))}"
        )

    def loss(self, row: Row) -> tuple[str, str]:
        """The sum of the terms."""
        losses = [f"({num(t.loss)})" if t.loss < 0 else num(t.loss) for t in self.record.terms]
        whole = self.paint("loss", num(self.record.loss))
        symbols = {
            "softmax": r"L = -\log p(o \mid c) = -s_o + \log Z",
            "negative_sampling": r"L = -\log\sigma(s_o) - \sum_{k=1}^{K} \log\,(1 - \sigma(s_{n_k}))",
            "hierarchical_softmax": r"L = -\sum_t \log \sigma(\pm s_t) = -\log p(o \mid c)",
            "softmax_with_negatives": r"L = -\log p(o \mid c) - \sum_{k=1}^{K} \log r_{n_k}",
        }[self.objective]
        if self.objective == "softmax":
            s = self.record.scores[self.record.terms[0].column]
            return symbols, rf"L = {num(-s)} + \log {num(self.record.partition)} = {whole}"
        return symbols, rf"\begin{{aligned}}L &= {written_out(losses, '+')}\\ &= {whole}\end{{aligned}}"

    def slopes(self, row: Row) -> tuple[str, str]:
        """dL/ds."""
        p, g = self.record.probabilities[row.column], self.record.score_gradient[row.column]
        symbols = {
            "softmax": r"\frac{\partial L}{\partial s_j} = p(j \mid c) - [j = o]",
            "negative_sampling": r"\frac{\partial L}{\partial s_o} = \sigma(s_o) - 1 \qquad"
            r" \frac{\partial L}{\partial s_n} = \sigma(s_n)",
            "hierarchical_softmax": r"\frac{\partial L}{\partial s_t} = \sigma(s_t) - [\text{left}]",
            "softmax_with_negatives": r"\frac{\partial L}{\partial s_j} = (K{+}1)\,p(j \mid c)"
            r" - [j = o] + \#[j = n]",
        }[self.objective].replace(r"\text{left}", r"\leftarrow")
        left = rf"\frac{{\partial L}}{{\partial {self.s(row)}}} = "
        size = "" if self.objective != "softmax_with_negatives" else rf"{self._terms_count()} \cdot "
        if self.objective in ("negative_sampling", "hierarchical_softmax"):
            many = row.positive + row.negative
            size = "" if many == 1 else rf"{many:.0f} \cdot "
        subtracts = row.positive or self.objective != "negative_sampling"
        less = f" - {row.positive:.0f}" if subtracts else ""
        more = ""
        if row.negative and self.objective == "softmax_with_negatives":
            more = f" + {row.negative:.0f}"
        return symbols, rf"{left}{size}{num(p)}{less}{more} = {self.value(row, num(g))}"

    def gradients(self, row: Row) -> tuple[str, str]:
        """dL/dw and dL/du."""
        g = self.record.score_gradient[row.column]
        dw = rf"\frac{{\partial L}}{{\partial {self.w}}}"
        du = rf"\frac{{\partial L}}{{\partial {self.u(row, 'j')}}}"
        return (
            rf"{dw} = \sum_j \frac{{\partial L}}{{\partial s_j}}\,{self.u(row, 'j')} \qquad"
            rf" {du} = \frac{{\partial L}}{{\partial s_j}}\,{self.w}",
            # Small: three whole fractions one below the other find no room in large type.
            rf"\begin{{aligned}}\tfrac{{\partial L}}{{\partial {self.w}}} &= "
            rf"{self.paint('center', self.entries(self.record.hidden_gradient))}\\"
            rf"\tfrac{{\partial L}}{{\partial {self.u(row)}}} &= {self.value(row, num(g))}\;{self.w}\\ &= "
            rf"{self.value(row, self.entries(self.record.output_gradients[row.place]))}\end{{aligned}}",
        )

    def update(self, row: Row) -> tuple[str, str]:
        """The step against the gradient, with the rate."""
        record, place = self.record, row.place
        dw = rf"\frac{{\partial L}}{{\partial {self.w}}}"
        of_w = record.input_vectors[0], record.input_gradients[0], record.inputs_after[0]
        of_u = record.output_vectors[place], record.output_gradients[place], record.outputs_after[place]
        w = self._entry_update("center", "w_{c", *of_w)
        u = self._entry_update(row.role, f"u_{{{subscript(row.symbol)}", *of_u)
        return (
            rf"{self.w} \leftarrow {self.w} - \eta\,{dw} \qquad {self.u(row, 'j')} \leftarrow {self.u(row, 'j')}"
            rf" - \eta\,\frac{{\partial L}}{{\partial {self.u(row, 'j')}}}",
            rf"\begin{{aligned}}{w}\\ {u}\end{{aligned}}",
        )

    def _entry_update(
        self, role: str, symbol: str, before: np.ndarray, gradient: np.ndarray, after: np.ndarray
    ) -> str:
        """One entry of a vector, that of the largest slope, and its step; a star says that the rate is not eta."""
        i = int(np.argmax(np.abs(gradient)))
        eta = self.record.learning_rate
        rate = (before[i] - after[i]) / gradient[i] if gradient[i] else eta
        star = "" if math.isclose(rate, eta, rel_tol=1e-4) else r"^{*}"
        return (
            rf"{symbol},{i + 1}}} &= {num(before[i])} - {num(rate)}{star} \cdot ({num(gradient[i])})"
            rf"\\ &= {self.paint(role, num(after[i]))}"
        )

    def after(self, row: Row) -> tuple[str, str]:
        """The loss and the probability, before and after."""
        record, target = self.record, self.record.target
        p, q = (num(d[target]) for d in (record.distribution, record.distribution_after))
        symbols = (
            r"p(o \mid c) = \frac{P_n(o)\,e^{s_o}}{\sum_w P_n(w)\,e^{s_w}}"
            if self.objective == "negative_sampling"
            else r"p(o \mid c) = \frac{e^{s_o}}{\sum_w e^{s_w}}"
            if self.softmax
            else r"p(o \mid c) = \prod_t \sigma(\pm s_t)"
        )
        lines = [
            rf"p({self.o} \mid {self.c}) &: {p} \to {self.paint('context', q)}",
            rf"L &: {num(record.loss)} \to {self.paint('loss', num(record.loss_after))}",
        ]
        if not (self.softmax and row.role == "context"):
            lines.insert(1, self._answer_after(row))
        return symbols, r"\begin{aligned}" + r"\\ ".join(lines) + r"\end{aligned}"

    def _answer_after(self, row: Row) -> str:
        """What has become of a row's own number: the probability of its right answer, or of its word."""
        record, column = self.record, row.column
        if row.positive or row.negative:
            before, after = answer(record, column), answer(record, column, True)
        else:
            before, after = record.probabilities[column], record.probabilities_after[column]
        if self.softmax:
            index = self.paint(row.role, subscript(row.symbol))
            name = rf"r_{{{index}}}" if row.role == "noise" else rf"p({index} \mid {self.c})"
        else:
            name = rf"{'' if row.positive else '1 - '}\sigma({self.s(row)})"
        return rf"{name} &: {num(before)} \to {self.value(row, num(after))}"

    def _answers(self) -> list[str]:
        return [self.paint("context", num(term.probability)) for term in self.record.terms]

    def _terms_count(self) -> str:
        return f"{sum(term.count for term in self.record.terms):.0f}"
