import type { CheckovWaiver } from "./checkov-waivers.ts";

const platform = "platform team";

/** Half a year, as the others. */
const settled = "2027-05-20";

/** What Checkov finds in the archive of logs and is accepted. */
export const archiveWaivers: readonly CheckovWaiver[] = [
  {
    check: "CKV_AWS_18",
    resource: "log-archive",
    environments: ["prod", "dr"],
    reason: "A bucket of logs: logs about the reading of logs end in a circle.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_144",
    resource: "log-archive",
    environments: ["prod", "dr"],
    reason:
      "Log files are no data to recover from: a region that comes back brings them along, the other one writes its own.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV2_AWS_62",
    resource: "log-archive",
    environments: ["prod", "dr"],
    reason: "Nothing acts on a log file that arrives, and a notification that nobody reads tells nothing.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_338",
    resource: "log-archive-errors",
    environments: ["prod", "dr"],
    reason: "It says why a file was not delivered; after a quarter that file is lost or delivered.",
    owner: platform,
    expires: settled,
  },
];
