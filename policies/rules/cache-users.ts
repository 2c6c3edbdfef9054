import { isFalse } from "../requirements.ts";
import { custom, hardened, property } from "../rule.ts";
import type { Rule } from "../types.ts";
import { list, record, show, text } from "../values.ts";

const user = "aws:elasticache/user:User";

export const cacheUserRules: readonly Rule[] = [
  custom({
    id: "cache-user-harmless",
    controls: ["EC-18"],
    severity: "medium",
    environments: hardened,
    types: [user],
    whatToDo: "take @dangerous away and bind the user to the prefix of its keys",
    check: ({ accessString, userName }) => {
      const access = text(accessString);
      if (/^off\b/.test(access)) return [];
      if (userName === "default")
        return [`accessString: got ${show(access)}; allowed: "off" for the default user`];
      const whole = /(^|\s)(~\*|allkeys)(\s|$)/.test(access) || !/~\S/.test(access);
      return [
        ...(/-@dangerous/.test(access)
          ? []
          : [`accessString: got ${show(access)}; allowed: with -@dangerous`]),
        ...(whole ? [`accessString: got ${show(access)}; allowed: keys of one prefix`] : []),
      ];
    },
    pass: { userName: "app", accessString: "on ~task:* -@all +@read -@dangerous" },
    fail: { userName: "app", accessString: "on ~* +@all" },
  }),
  property({
    id: "cache-user-proves-itself",
    controls: ["EC-18"],
    severity: "medium",
    environments: hardened,
    types: [user],
    path: "noPasswordRequired",
    is: isFalse,
    missingIs: "right",
    whatToDo: "leave it out: everybody in the network would be that user",
  }),
  custom({
    id: "cache-memory-reserved",
    controls: ["EC-20"],
    severity: "low",
    environments: ["prod"],
    types: ["aws:elasticache/parameterGroup:ParameterGroup"],
    whatToDo: "reserve a quarter: the copy that a snapshot needs is made there",
    check: ({ parameters }) => {
      const reserved = list(parameters)
        .map(record)
        .find(({ name }) => name === "reserved-memory-percent")?.value;
      return Number(reserved) >= 25
        ? []
        : [`parameters: got reserved-memory-percent ${show(reserved)}; allowed: 25 or more`];
    },
    pass: { parameters: [{ name: "reserved-memory-percent", value: "25" }] },
    fail: { parameters: [{ name: "reserved-memory-percent", value: "0" }] },
  }),
];
