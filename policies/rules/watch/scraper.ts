import { custom, type Rule, text } from "../../kit/index.ts";

/** The least of a managed scraper (Managed Prometheus guide, "Limitations of the scraper configuration"). */
const leastSeconds = 30;

const seconds = { s: 1, m: 60, h: 3_600 } as const;

/** Every interval of a configuration, in seconds. */
function intervalsIn(configuration: string): readonly number[] {
  return [...configuration.matchAll(/scrape_interval: *"?(\d+)(s|m|h)"?/g)].map(
    ([, count, unit]) => Number(count) * seconds[unit as keyof typeof seconds],
  );
}

export const scraperRules: readonly Rule[] = [
  custom({
    id: "scraper-interval-accepted",
    controls: ["CW-15"],
    severity: "medium",
    types: ["aws:amp/scraper:Scraper"],
    missingIs: "right",
    whatToDo: `scrape every ${leastSeconds} s or less often: the service refuses a shorter interval`,
    check: ({ scrapeConfiguration }) =>
      intervalsIn(text(scrapeConfiguration))
        .filter((interval) => interval < leastSeconds)
        .map(
          (interval) =>
            `scrapeConfiguration: got an interval of ${interval} s; allowed: ${leastSeconds} or more`,
        ),
    pass: { scrapeConfiguration: "global:\n  scrape_interval: 30s\n" },
    fail: { scrapeConfiguration: "global:\n  scrape_interval: 15s\n" },
  }),
];
