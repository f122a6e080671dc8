/** The folder in `dist` that `make` fills when there is none of that name. */
export declare const keep: (
  dist: string,
  name: string,
  make: (folder: string) => Promise<void>
) => Promise<string>
/** Of the repository. */
export declare const root: string
