"""The standard set of metrics of a CRM, as data: what is counted, in which words, and where the formula comes from."""

from __future__ import annotations

from implementor.foundation.measures import named_measures
from implementor.foundation.words import Phrase, say
from implementor.metrics.definitions import AVERAGE, MEDIAN, SHARE, SUM, Definition, Named, Query, Window
from implementor.metrics.standard import StandardMetric, offer

QUARTER, YEAR = 90, 365
GOALS, PIPELINE, DATA, LEADS, HANDOVERS, CUSTOMERS = (
    say("The three goals"), say("Pipeline"), say("Quality of data"), say("From marketing to sales"),
    say("Hand-over at the critical points"), say("Customers"),
)  # fmt: skip
PRACTICE = say("Field practice of sales figures: decided in the time, by the day of closing")
HYGIENE = say("Field practice of CRM adoption: pipeline hygiene, each mark by itself and all together")
POINTS = say("The three critical points of the sales cycle: where one area hands the customer over to the next")
OPEN = {"status": ("open",)}
DECIDED, WON = {"status": ("won", "lost")}, {"status": ("won",)}


def offer_standard_set() -> None:
    """Put it on offer."""
    offer(*_goals(), *_pipeline(), *_data(), *_leads(), *_handovers(), *_customers())


def lately(by: str, days: int = QUARTER) -> Window:
    """The last days up to the day of measuring, by a time of the record."""
    return Window("rolling", by=by, days=days)


def _goals() -> tuple[StandardMetric, ...]:
    return (
        StandardMetric(
            "sales_cycle", GOALS, say("Sales cycle"), say("How long a customer waits for what they want."),
            say("Median days from the beginning to the closing of the opportunities won in the last 90 days."),
            PRACTICE, "days", "down", "internal",
            Query("opportunity", MEDIAN, between=("began_at", "closed_at"), filters=WON, window=lately("closed_at")),
            "high", "cycle",
        ),
        StandardMetric(
            "win_rate", GOALS, say("Closing rate"), say("How much of what is decided is won."),
            say("Opportunities won ÷ opportunities decided in the last 90 days."), PRACTICE, "percent", "up",
            "customer", Query("opportunity", SHARE, filters=DECIDED, part=WON, window=lately("closed_at")), "high",
            "closing",
        ),
        StandardMetric(
            "income", GOALS, say("Income of a month"), say("What the sales of the last month bring."),
            say("Amount of the opportunities won in the last calendar month."), PRACTICE, "money", "up", "financial",
            Query("opportunity", SUM, "amount", filters=WON, window=Window("last_month", by="closed_at")), "high",
            "income",
        ),
    )  # fmt: skip


def _pipeline() -> tuple[StandardMetric, ...]:
    marks: tuple[tuple[str, Phrase, Phrase, Definition], ...] = (
        ("with_next_step", say("Open sales with a next step"), say("Open opportunities with the day of a next step ÷ "
         "open opportunities."), Query("opportunity", SHARE, filters=OPEN, part={"next_step_on": ("some",)})),
        ("with_close_date", say("Open sales with a close date to come"), say("Open opportunities to be closed today or "
         "later ÷ open opportunities."), Query("opportunity", SHARE, filters=OPEN, part={"close_on": ("today..",)})),
        ("with_amount", say("Open sales with an amount"), say("Open opportunities with an amount ÷ open "
         "opportunities."), Query("opportunity", SHARE, filters=OPEN, part={"amount": ("some",)})),
        ("with_contact", say("Open sales with a contact"), say("Open opportunities with a contact ÷ open "
         "opportunities."), Query("opportunity", SHARE, filters=OPEN, part={"contact": ("some",)})),
    )  # fmt: skip
    return (
        *(_mark(key, name, formula, definition) for key, name, formula, definition in marks),
        _named("sales.active", PIPELINE, say("Whether the sales that are open move at all."), "internal"),
        _named("sales.healthy", PIPELINE, say("Whether the forecast can be believed."), "internal", priority="high"),
        StandardMetric(
            "past_due", PIPELINE, say("Open sales past their close date"), say("How much of the forecast is over."),
            say("Open opportunities whose close date is behind us ÷ open opportunities."), HYGIENE, "percent", "down",
            "internal", Query("opportunity", SHARE, filters=OPEN, part={"close_on": ("..today-1",)}),
        ),
        _named("sales.neglected", PIPELINE, say("Which sales nobody looks after."), "internal"),
        _named("sales.forecast", PIPELINE, say("Whether plans may be built on the forecast."), "financial",
               Window("last_month", by="closed_at")),
    )  # fmt: skip


def _data() -> tuple[StandardMetric, ...]:
    kinds = ("opportunity", "account", "contact", "lead")
    filled = say("Whether people write down what others need.")
    twice = say("How often a customer is known twice.")
    return (
        *(_named(f"complete.{kind}", DATA, filled, "learning") for kind in kinds),
        *(_named(f"double.{kind}", DATA, twice, "learning") for kind in ("account", "contact")),
    )


def _leads() -> tuple[StandardMetric, ...]:
    why = say("Where the way from marketing to sales loses people.")
    steps = ("mql_sal", "sal_sql", "sql_won", "mql_won")
    named = [
        _named(f"{way}.{step}", LEADS, why, "customer", lately("mql_at"))
        for way in ("cohort", "flow")
        for step in steps
    ]
    return (
        StandardMetric(
            "lead_response", LEADS, say("Lead response time"), say("Whether interest is met while it is warm."),
            say("Median hours from the beginning of a lead to the first interaction about it, of the last 90 days."),
            say("Field practice of lead response: time to the first contact"), "hours", "down", "customer",
            Query("lead", MEDIAN, between=("began_at", "first_contact_at"), window=lately("began_at")), "high",
        ),
        *named,
    )  # fmt: skip


def _handovers() -> tuple[StandardMetric, ...]:
    wait = say("How long a customer waits between two areas.")
    about_case = {"about": ("case",)}
    points: tuple[tuple[str, Phrase, Phrase, Query], ...] = (
        ("handover_sales", say("Hand-over from marketing to sales"), say("Median hours from MQL to SAL, of the leads "
         "accepted in the last 90 days."),
         Query("lead", MEDIAN, between=("mql_at", "sal_at"), window=lately("sal_at"))),
        ("handover_service", say("Hand-over from order to service"), say("Median hours from the placing of an order to "
         "its dispatch, of the orders dispatched in the last 90 days."),
         Query("order", MEDIAN, between=("placed_at", "dispatched_at"), window=lately("dispatched_at"))),
        ("handover_marketing", say("Hand-over from service to marketing"), say("Median hours from the beginning of a "
         "lead that came out of a case to MQL, of the last 90 days."),
         Query("lead", MEDIAN, between=("began_at", "mql_at"), filters=about_case, window=lately("mql_at"))),
    )  # fmt: skip
    return tuple(
        StandardMetric(key, HANDOVERS, name, wait, formula, POINTS, "hours", "down", "internal", definition)
        for key, name, formula, definition in points
    )


def _customers() -> tuple[StandardMetric, ...]:
    year = lately("closed_at", YEAR)
    return (
        _named("customers.retention", CUSTOMERS, say("Whether customers come back."), "customer", year, "high"),
        _named("customers.acquisition", CUSTOMERS, say("What winning a customer costs."), "financial", year),
        _named("customers.income", CUSTOMERS, say("What a customer brings."), "financial", year),
        _named("customers.lifetime", CUSTOMERS, say("What winning a customer may cost."), "financial", year),
        StandardMetric(
            "satisfaction", CUSTOMERS, say("Satisfaction with service"), say("What customers say of our service."),
            say("Average of what customers answered, 1 to 5, about the cases closed in the last 90 days."),
            say("Customer satisfaction score (CSAT)"), "number", "up", "customer",
            Query("case", AVERAGE, "satisfaction", window=lately("closed_at")), "high",
        ),
    )  # fmt: skip


def _mark(key: str, name: Phrase, formula: Phrase, definition: Definition) -> StandardMetric:
    purpose = say("Whether the forecast can be believed.")
    return StandardMetric(key, PIPELINE, name, purpose, formula, HYGIENE, "percent", "up", "internal", definition)


def _named(
    measure: str, group: Phrase, purpose: Phrase, perspective: str, window: Window | None = None,
    priority: str = "medium",
) -> StandardMetric:  # fmt: skip
    """A measure that this package declared, as a metric."""
    known = named_measures[measure]
    source = known.source or PRACTICE
    return StandardMetric(
        measure.replace(".", "_"), group, known.label, purpose, known.formula, source, known.unit, known.direction,
        perspective, Named(measure, window or Window()), priority,
    )  # fmt: skip
