/** What `backup`, `restore` and `migrate` say in English; `TextsBackupKo.ts` says the same in Korean. */
export const backupEn = {
  backup: {
    about: "Copy all stores into a new folder, while Saucier runs or not",
    folder: "The folder to make",
    progress: "{stage} {bar} {percentage} % · {duration_formatted}",
    copying: "copying ",
    checking: "checking",
    nothing: (folder: string) =>
      `There is nothing to back up in ${folder}. Say where the stores are with SAUCIER_DATA_DIR or SAUCIER_{ORDER,PAYMENT,DELIVERY,DASHBOARD}_DATABASE_URL`,
    notEmpty: (folder: string) => `${folder} is there already and not empty. Name a new folder`,
    unwritable: (folder: string, detail: string) => `The backup cannot be written to ${folder}: ${detail}`,
    movedOn: "Saucier went on writing before all was copied, so the copy was thrown away. Try again",
    inUse: (store: string, file: string) =>
      `${file} is open in a process that cannot pause for a copy. Stop the service ${store}, or ask the process that has it with --url`,
    damaged: (store: string, detail: string) => `The copy of ${store} is damaged: ${detail}`,
    done: (stores: number, megabytes: string, at: string, folder: string) =>
      `${stores} stores, ${megabytes} MB, as of ${at}: ${folder}`,
    oneInstant: "All as of one instant.",
    instants: "Each store as of its own instant; a restore puts them right.",
    next: (folder: string) => `Bring it back with: pnpm saucier restore ${folder}`
  },
  restore: {
    about: "Bring back the stores of a backup, where there are none",
    folder: "The folder that `saucier backup` made",
    only: "Only this store, beside those that are there; can be given more than once",
    none: (folder: string) => `${folder} holds no backup: backup.json is missing`,
    unreadable: (folder: string) =>
      `backup.json in ${folder} cannot be read: it is damaged, or from a newer Saucier`,
    notInside: (store: string) => `The backup holds no ${store}`,
    engine: (store: string, from: string, to: string) =>
      `${store} was on ${from}, and the settings put it on ${to}. A store comes back to the engine that it had`,
    newer: (store: string, steps: string) =>
      `${store} is from a newer Saucier (${steps}). Update Saucier, then restore`,
    notEmpty: (file: string) =>
      `${file} is there already. Move it away, or restore to another place; nothing was changed`,
    running: (url: string) => `Saucier runs on this folder (${url}). Stop it first; nothing was changed`,
    inUse: (detail: string) => `${detail}. Nothing was changed`,
    missing: (file: string) => `${file} is missing from the backup`,
    altered: (file: string) => `${file} is not what was backed up: its checksum differs. Nothing was changed`,
    damaged: (store: string, detail: string) => `${store} is damaged: ${detail}. Nothing was changed`,
    unwritable: (detail: string) => `The stores cannot be written: ${detail}`,
    kept: "The stand-in provider's ledger is there already and stays: a bank goes on.",
    done: (stores: string, at: string) => `Back as of ${at}: ${stores}`,
    clamped: (count: number) => `${count} checkpoints were ahead of their log and were put back.`,
    refolded: "The dashboard folds its rows anew when Saucier starts.",
    preparing: (count: number) =>
      `${count} deliveries were being prepared then. What has left the house since is to be marked as dispatched before anything is sent.`,
    next: "Now start Saucier, and then run: pnpm saucier reconcile --settle"
  },
  migrate: {
    about: "Bring the tables of all stores to this version, as each process does when it starts",
    dryRun: "Only say what would be done",
    upToDate: "up to date",
    steps: (names: string, fresh: boolean, dryRun: boolean) =>
      `${fresh ? "new, " : ""}${dryRun ? "would apply" : "applied"} ${names}`,
    newer: (steps: string) => `has steps of a newer Saucier: ${steps}`,
    tooNew: (stores: string) =>
      `${stores}: a newer Saucier was here. Nothing was changed; this version can serve it only as far as the newer one allows`
  }
}
export type BackupTexts = typeof backupEn
