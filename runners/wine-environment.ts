import { serverOf, type WineInstallation } from "./wine-installation.ts";

/** Environment of Wine in any prefix: it shows no window, asks nothing and reports only through exit codes. */
export function wineEnvironment(prefix: string): Record<string, string | undefined> {
  return {
    WINEPREFIX: prefix,
    WINEDEBUG: "-all",
    // No offer to download Mono and Gecko; no entries in the desktop's menus.
    WINEDLLOVERRIDES: "mscoree,mshtml=;winemenubuilder.exe=d",
    // Wine reads arguments and paths by the locale; in the C locale it loses all but ASCII.
    LC_ALL: "C.UTF-8",
    DISPLAY: undefined,
    WAYLAND_DISPLAY: undefined,
  };
}

/** Environment of an installation in a prefix that is ours alone. */
export function ownPrefixEnvironment(
  prefix: string,
  wine: WineInstallation,
): Record<string, string | undefined> {
  return {
    ...wineEnvironment(prefix),
    WINEARCH: "win64",
    ...(wine.usr === null ? {} : { WINESERVER: serverOf(wine) }),
    TMPDIR: temporaryFolder(prefix, wine),
  };
}

/**
 * Debian's Wine keeps the server's socket in TMPDIR under a name noted in the prefix; one that differs between two runs
 * would give the prefix two servers. Debian's Wine 10 dies when TMPDIR is set at all.
 */
export function temporaryFolder(prefix: string, { version }: WineInstallation): string | undefined {
  const major = Number(/wine-(\d+)/.exec(version)?.[1]);
  return major >= 10 ? undefined : prefix;
}
