import type { OptionBytes } from "../binder/protocol.ts";
import { optionNumber } from "../model/options/option-table.ts";
import { parseSetting } from "../model/options/option-setting.ts";
import { valueBytes } from "./option-value.ts";

/** A setting such as `SO_BINDTODEVICE=lo` with the numbers and bytes of a system. Throws where the system lacks the option. */
export function optionBytes(text: string, system: string): OptionBytes {
  const setting = parseSetting(text);
  const at = setting ? optionNumber(setting.option, system) : null;
  if (!setting || !at) throw new Error(`${system} has no ${text}`);
  return { option: text, ...at, hex: valueBytes(setting.option.type, setting.value, system) };
}
