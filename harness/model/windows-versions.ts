/**
 * Versions of Windows as the columns of Microsoft's tables of support name them: what a column is called, and which versions
 * it speaks of. The numbers are those of "Operating System Version" (MicrosoftDocs/win32,
 * desktop-src/SysInfo/operating-system-version.md); Windows 11 begins with build 22000 ("Windows 11 release information").
 */
export const WINDOWS_VERSIONS = {
  nt4: { title: "Windows NT 4.0", range: ">=4.0 <5.0" },
  "windows-2000": { title: "Windows 2000", range: ">=5.0 <5.1" },
  xp: { title: "Windows XP", range: ">=5.1 <5.2" },
  "server-2003": { title: "Windows Server 2003", range: ">=5.2 <6.0" },
  vista: { title: "Windows Vista and Server 2008", range: ">=6.0 <6.1" },
  "windows-7": { title: "Windows 7", range: ">=6.1 <6.2" },
  "windows-8": { title: "Windows 8 and Server 2012", range: ">=6.2 <6.3" },
  "windows-8.1": { title: "Windows 8.1 and Server 2012 R2", range: ">=6.3 <6.4" },
  "windows-10": { title: "Windows 10", range: ">=10.0 <10.0.22000" },
  "windows-11": { title: "Windows 11", range: ">=10.0.22000 <10.1" },
} as const satisfies Readonly<Record<string, { title: string; range: string }>>;

/** The name of a version of Windows. */
export type WindowsVersion = keyof typeof WINDOWS_VERSIONS;
