import { PolicyPack } from "@pulumi/policy";
import { policies } from "./pack.ts";

// Plain JavaScript: the engine would put ts-node in front of a .ts entry, which then cannot import .ts files.
new PolicyPack("task-platform", { policies: [...policies] });
