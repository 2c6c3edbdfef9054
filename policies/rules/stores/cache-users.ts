import { custom, hardened, isFalse, mismatch, property, type Rule, text, unless } from "../../kit/index.ts";

const user = "aws:elasticache/user:User";

export const cacheUserRules: readonly Rule[] = [
  custom({
    id: "cache-user-harmless",
    controls: ["EC-18"],
    severity: "medium",
    environments: hardened,
    types: [user],
    whatToDo: "remove @dangerous and limit the user to the prefix of its keys",
    check: ({ accessString, userName }) => {
      const access = text(accessString);
      if (/^off\b/.test(access)) return [];
      if (userName === "default") return [mismatch("accessString", access, '"off" for the default user')];
      const whole = /(^|\s)(~\*|allkeys)(\s|$)/.test(access) || !/~\S/.test(access);
      return [
        ...unless(/-@dangerous/.test(access), mismatch("accessString", access, "with -@dangerous")),
        ...(whole ? [mismatch("accessString", access, "keys of one prefix")] : []),
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
    whatToDo: "leave it out: otherwise everybody in the network can sign in as that user",
  }),
];
