/** The languages that people are spoken to in. */
export const languages = ["en", "ko"] as const
export type Language = (typeof languages)[number]

/** The language of an `Accept-Language` header that we speak and the reader likes best; English when there is none. */
export const negotiate = (header: string | undefined): Language => {
  if (header === undefined) return "en"
  const wishes = header.split(",").flatMap((wish) => {
    const [tag = "", ...parameters] = wish.trim().toLowerCase().split(";")
    const quality = Number(parameters.find((_) => _.trim().startsWith("q="))?.trim().slice(2) ?? 1)
    return languages
      .filter((language) => tag === language || tag.startsWith(`${language}-`))
      .map((language) => ({ language, quality: Number.isNaN(quality) ? 0 : quality }))
  })
  const best = wishes.reduce<{ readonly language: Language; readonly quality: number }>(
    (best, wish) => wish.quality > best.quality ? wish : best,
    { language: "en", quality: 0 }
  )
  return best.language
}
