import type { Problem } from "../../problems/index.ts";
import type { TaskEventMessage } from "../messages.ts";

/** Receives the changes of one user's tasks, in their order. */
export interface Watcher {
  send(event: TaskEventMessage): void;
  /** The last call: no event follows. */
  end(problem: Problem): void;
}
