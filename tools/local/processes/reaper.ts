import { spawn } from "node:child_process";
import type { KillSignal } from "./signals.ts";

/** Kills the watched processes as soon as the process that holds its pipe (the holder) has ended. */
export interface Reaper {
  readonly pid: number;
  /** When the holder ends, sends this signal to the process group of `pid`, and KILL one second later. */
  watch(pid: number, signal: KillSignal): void;
  forget(pid: number): void;
  /** Deletes the folder after the last process has ended. */
  removeFolder(folder: string): void;
  /** Kills the processes that are still watched, as if the holder had ended. Resolves when the reaper has ended. */
  release(): Promise<void>;
}

/**
 * A shell script instead of a Node program, because it needs 1 MB instead of 45 MB and every run has one.
 * When the holder ends, even by kill -9, its pipe closes and `read` returns. No handler in the holder would run then.
 */
const script = `
trap '' INT TERM HUP
watched=
folders=
while IFS=' ' read -r verb rest; do
  case $verb in
    watch) watched="$watched \${rest%% *}:\${rest##* }" ;;
    forget)
      others=
      for entry in $watched; do
        [ "\${entry%%:*}" = "$rest" ] || others="$others $entry"
      done
      watched=$others ;;
    remove) folders="$folders
$rest" ;;
  esac
done
[ -z "$watched" ] || {
  for entry in $watched; do kill -s "\${entry##*:}" -- "-\${entry%%:*}" 2>/dev/null; done
  sleep 1
  for entry in $watched; do kill -s KILL -- "-\${entry%%:*}" 2>/dev/null; done
}
printf '%s\\n' "$folders" | while IFS= read -r folder; do
  [ -z "$folder" ] || rm -rf -- "$folder"
done
`;

/** Starts a reaper in its own session, so that Ctrl-C does not reach it. */
export function startReaper(): Reaper {
  const child = spawn("/bin/sh", ["-c", script, "task-platform-reaper"], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // If the reaper was killed, writing fails with a broken pipe. The run goes on without this protection.
  child.stdin.on("error", () => undefined);
  const gone = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  child.unref();
  const tell = (line: string): void => {
    if (child.stdin.writable) child.stdin.write(`${line}\n`);
  };
  return {
    pid: child.pid ?? 0,
    watch: (pid, signal) => tell(`watch ${pid} ${signal}`),
    forget: (pid) => tell(`forget ${pid}`),
    removeFolder: (folder) => {
      // The script reads lines, so it would delete another folder.
      if (/[\n\r]/.test(folder) || folder.trim() !== folder)
        throw new Error(
          `the reaper cannot remove "${folder}": its name has line breaks, or blanks at an end`,
        );
      tell(`remove ${folder}`);
    },
    release: async () => {
      child.ref(); // otherwise this process ends first, because nothing else keeps its event loop alive
      child.stdin.end();
      await gone;
    },
  };
}
