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
  const { [PASSWORD]: _, ...environment } = process.env;
  return environment;
}

/** That of a binder: Node 20 reads the certificates that this names at every start, and a binder has no use for them. */
export function binderEnvironment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = withoutPassword();
  return environment;
}

/** Takes the password out of this process's environment, so that no child sees it, whatever starts that. */
export function hidePassword(): void {
  hidden = process.env[PASSWORD];
  delete process.env[PASSWORD];
}

/** This process's environment, with the password also when that is hidden. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return hidden === undefined ? process.env : { ...process.env, [PASSWORD]: hidden };
}

const PASSWORD = "BINDCHECK_OTHER_PASSWORD";
let hidden: string | undefined;

const PUBLIC = ["SystemRoot", "windir", "PATH", "TEMP", "TMP", "BINDCHECK_KOFFI"];
