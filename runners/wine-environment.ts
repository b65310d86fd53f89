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

/** Environment of Wine in a prefix that is ours alone. */
export function ownPrefixEnvironment(prefix: string): Record<string, string | undefined> {
  return {
    ...wineEnvironment(prefix),
    WINEARCH: "win64",
    // Debian's Wine keeps the server's socket there under a name noted in the prefix; one that differs
    // between two runs would give the prefix two servers.
    TMPDIR: prefix,
  };
}
