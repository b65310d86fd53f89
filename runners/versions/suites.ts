/** A release of Debian, or a collection of newer packages for one, as its mirrors name it. */
export const SUITES = ["bullseye", "bookworm", "bookworm-backports", "trixie", "sid"] as const;

/** One of the suites that are searched for versions. */
export type Suite = (typeof SUITES)[number];

/** A system whose versions Debian packages, and how its packages spell them. */
export interface PackagedSystem {
  /** Debian packages that hold it; the first carries its version. */
  readonly packages: readonly [string, ...string[]];
  /** The system's version in the version of its package; null where the text is another. */
  readonly versionOf: (packageVersion: string) => string | null;
}

/** Systems that Debian packages, by the name of their target. */
export const PACKAGED_SYSTEMS = {
  wine: {
    packages: ["wine", "wine64"],
    // 10.0~repack-6
    versionOf: (text) => /^(\d+\.\d+)/.exec(text)?.[1] ?? null,
  },
  uml: {
    packages: ["user-mode-linux"],
    // 6.12um1+b22: built from Linux 6.12 of that suite
    versionOf: (text) => /^(\d+\.\d+)um/.exec(text)?.[1] ?? null,
  },
  gvisor: {
    packages: ["runsc"],
    // 0.0~20240729.0-4+b7
    versionOf: (text) => /~(\d{8})\./.exec(text)?.[1] ?? null,
  },
} as const satisfies Readonly<Record<string, PackagedSystem>>;

/** Name of a target whose versions Debian packages. */
export type PackagedName = keyof typeof PACKAGED_SYSTEMS;

/** Versions that released suites keep for good, as NAME@VERSION; the other suites have to be asked. */
const RELEASED: Readonly<Partial<Record<Suite, readonly string[]>>> = {
  bullseye: ["wine@5.0", "uml@5.10"],
  bookworm: ["wine@8.0", "uml@6.1", "gvisor@20221219"],
  trixie: ["wine@10.0", "uml@6.12", "gvisor@20240729"],
};

/** The suites that can have some versions, each spelled NAME@VERSION; asking a suite takes seconds. */
export function suitesWith(wanted: readonly string[]): Suite[] {
  const packaged = wanted.filter((text) => Object.hasOwn(PACKAGED_SYSTEMS, text.split("@")[0]!));
  const isReleased = (text: string): boolean =>
    Object.values(RELEASED).some((versions) => versions.includes(text));
  const isUnknown = packaged.some((text) => !isReleased(text));
  return SUITES.filter((suite) => {
    const versions = RELEASED[suite];
    return versions ? packaged.some((text) => versions.includes(text)) : isUnknown;
  });
}
