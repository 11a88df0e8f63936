"""Reads the simulation runs at an interval, and keeps what is usual and unusual about them.

A run is out of line when the time it took is further from the median than three and a half robust standard deviations: the
modified z-score of Iglewicz and Hoaglin (1993), which a few strange runs do not move.
"""

from datetime import datetime
from statistics import median
from urllib.parse import urlencode

from azt3knet_bot import ApiFailure, Bot

LIMIT = 3.5
# Of a normal distribution, the median of distances to the median is this part of the standard deviation.
CONSISTENT = 0.6745

bot = Bot()
latest = {}


def seconds_of(run):
    """How long a run took; None while it has not ended."""
    begun, ended = run.get("created_at"), run.get("completed_at")
    if not begun or not ended:
        return None
    parse = lambda text: datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (parse(ended) - parse(begun)).total_seconds()


def outliers(durations):
    """The runs that took unusually long or short, by their ids."""
    if len(durations) < 5:
        return []
    middle = median(durations.values())
    spread = median(abs(value - middle) for value in durations.values())
    if spread == 0:
        return []
    return [name for name, value in durations.items() if CONSISTENT * abs(value - middle) / spread > LIMIT]


def analyse():
    """Looks once at the newest runs."""
    query = urlencode({"limit": bot.configuration["runs"]})
    runs = bot.api("GET", "/api/v1/runs?" + query)["runs"]
    by_status = {}
    durations = {}
    for run in runs:
        status = run.get("status", "unknown")
        by_status[status] = by_status.get(status, 0) + 1
        took = seconds_of(run)
        if took is not None:
            durations[run["id"]] = took
    return {
        "runs": len(runs),
        "by_status": by_status,
        "median_seconds": median(durations.values()) if durations else None,
        "outliers": outliers(durations),
    }


@bot.command("report")
def report():
    """What was found at the last look."""
    return latest


def work():
    latest.update(bot.state() or {})
    while bot.running:
        bot.working = True
        try:
            found = analyse()
            if found != latest:
                bot.log.info("analysed", **found)
                latest.clear()
                latest.update(found)
                bot.keep(found)
        except (ApiFailure, OSError) as error:
            bot.log.warn("the runs could not be read: %s" % error)
        bot.progress += 1
        bot.working = False
        bot.activity = "%s runs analysed" % latest.get("runs", 0)
        bot.sleep(bot.configuration["interval_seconds"])


bot.run(work)
