/** Builds the page when its sources have changed; the folder of the build. */
export declare const built: () => Promise<string>
