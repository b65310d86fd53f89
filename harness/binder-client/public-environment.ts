/** What a process of another account may know of this one's environment: root's may hold secrets. */
export function publicEnvironment(): Record<string, string> {
  return Object.fromEntries(
    PUBLIC.flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value] as const] : [];
    }),
  );
}

const PUBLIC = ["SystemRoot", "windir", "PATH", "TEMP", "TMP", "BINDCHECK_KOFFI"];
