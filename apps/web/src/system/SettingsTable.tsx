import { useState } from "react"
import * as Systems from "../api/Systems.ts"
import { useLoaded } from "../api/useLoaded.ts"
import { useTexts } from "../texts/Language.ts"
import { Empty, Failed, Loading } from "../ui/Trouble.tsx"
import { systemTexts } from "./SystemTexts.ts"

const isKnown = <K extends string>(source: string, of: Readonly<Record<K, string>>): source is K =>
  Object.hasOwn(of, source)

/** Every setting of the gateway, its value, and where that came from. */
export const SettingsTable = () => {
  const texts = useTexts(systemTexts)
  const [onlySet, setOnlySet] = useState(false)
  const { problem, reload, value } = useLoaded(Systems.settings, [])
  const shown = value?.filter(({ source }) => !onlySet || source !== "default") ?? []
  return (
    <section className="card">
      <div className="padded line">
        <div>
          <h2>{texts.settings}</h2>
          <p className="muted small">{texts.settingsHelp}</p>
        </div>
        <label className="push line">
          <input
            type="checkbox"
            checked={onlySet}
            onChange={(event) => setOnlySet(event.target.checked)}
          />
          {texts.onlySet}
        </label>
      </div>
      {problem === null
        ? null
        : <Failed what={texts.settingsFailed} problem={problem} onRetry={() => void reload()} />}
      {value === null && problem === null ? <Loading /> : null}
      {value === null ? null : shown.length === 0
        ? (
          <Empty>
            <p>{texts.noneSet}</p>
          </Empty>
        )
        : (
          <div className="wide" tabIndex={0} role="region" aria-label={texts.settings}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{texts.setting}</th>
                  <th scope="col">{texts.value}</th>
                  <th scope="col">{texts.source}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map(({ description, key, source, value: text }) => (
                  <tr key={key} title={description}>
                    <td>
                      <code>{key}</code>
                    </td>
                    <td>
                      <code>{text === "" ? "–" : text}</code>
                    </td>
                    <td>{isKnown(source, texts.sources) ? texts.sources[source] : <code>{source}</code>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </section>
  )
}
