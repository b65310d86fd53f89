/** What a process of another account may know of this one's environment: root's may hold secrets. */
export function publicEnvironment(): Record<string, string> {
  return Object.fromEntries(
    PUBLIC.flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value] as const] : [];
    }),
  );
}

/** This process's environment for its own children, none of which has a use for the other account's password. */
export function withoutPassword(): NodeJS.ProcessEnv {
  const { BINDCHECK_OTHER_PASSWORD: _, ...environment } = process.env;
  return environment;
}

const PUBLIC = ["SystemRoot", "windir", "PATH", "TEMP", "TMP", "BINDCHECK_KOFFI"];
