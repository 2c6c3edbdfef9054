import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import type { Context } from "../../context.ts";
import { changeRoutes } from "./change.ts";
import { createRoute } from "./create.ts";
import { healthRoute } from "./health.ts";
import { readRoutes } from "./read.ts";
import { statisticsRoute } from "./statistics.ts";

export { healthRoute };

/** All routes of tasks and their statistics. */
export function taskRoutes(context: Context): FastifyPluginCallbackTypebox {
  return (app, _options, done) => {
    createRoute(app, context);
    readRoutes(app, context);
    changeRoutes(app, context);
    statisticsRoute(app, context);
    done();
  };
}
