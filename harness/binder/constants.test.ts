import { expect, test } from "vitest";
import { SOCKET_OPTIONS, optionNumber } from "../model/options/option-table.ts";
import { GROUP_STEERING_OPTIONS, STEERING_OPTIONS } from "../model/options/steering.ts";
import { SOCKET_CONSTANTS } from "./constants.ts";

const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows", darwin: "macos" };

/** The numbers of the options that a system has, by their names. */
function placesOf(names: readonly string[], system: string): Record<string, number[]> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const at = optionNumber(SOCKET_OPTIONS.get(name)!, system);
      return at ? [[name, [at.level, at.number]]] : [];
    }),
  );
}

test.each(Object.keys(SOCKET_CONSTANTS))("A binder on %s knows what steers, by number.", (name) => {
  const { steering, groupSteering } = SOCKET_CONSTANTS[name]!;
  const system = SYSTEMS[name] ?? name;
  expect(steering).toEqual(placesOf(STEERING_OPTIONS, system));
  expect(groupSteering).toEqual(placesOf(GROUP_STEERING_OPTIONS, system));
});
