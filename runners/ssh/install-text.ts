/** How to install an OpenSSH client on this machine. */
export function installText(platform: string = process.platform): string {
  return COMMANDS[platform] ?? "apt-get install --no-install-recommends openssh-client";
}

// learn.microsoft.com, "Get started with OpenSSH for Windows"; macOS has one.
const COMMANDS: Readonly<Record<string, string>> = {
  win32:
    "Add-WindowsCapability -Online -Name OpenSSH.Client~~~~0.0.1.0 (in an administrator's PowerShell)",
  freebsd: "pkg install openssh-portable",
};
