import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { LANGUAGE_NAMES, LANGUAGES, setLanguage, useLanguage } from '../app/language.ts'
import { Page } from '../app/Page.tsx'
import { SCHEMES, setScheme, useScheme } from '../app/scheme.ts'
import { useWords } from '../app/words.ts'
import { GuardiansSummary } from '../guardians/GuardiansSummary.tsx'
import { Passkeys } from '../passkeys/Passkeys.tsx'
import { Notifications } from '../push/Notifications.tsx'
import { RecoveryKit } from '../recoveries/RecoveryKit.tsx'
import { AuthenticatorApp } from '../second-factors/AuthenticatorApp.tsx'
import { LOCK_MINUTES, lockMinutes, setLockMinutes } from './auto-lock.ts'
import { ChangePassword } from './ChangePassword.tsx'
import { Devices } from './Devices.tsx'
import { Section } from './SettingsSection.tsx'

export function Settings() {
  const { t } = useWords('accounts')
  const { t: tApp } = useWords('app')
  const { t: tSecond } = useWords('second-factors')
  const { t: tPasskeys } = useWords('passkeys')
  const { t: tRecoveries } = useWords('recoveries')
  const { t: tGuardians } = useWords('guardians')
  const { t: tPush } = useWords('push')
  return (
    <Page title={tApp('nav.settings')} width="reading">
      <Section title={t('settings.language')}>
        <LanguageChoice label={t('settings.language')} />
      </Section>
      <Section title={t('settings.scheme')}>
        <SchemeChoice label={t('settings.scheme')} />
      </Section>
      <Section title={tPush('title')} text={tPush('text')}>
        <Notifications />
      </Section>
      <Section title={t('settings.lock.title')} text={t('settings.lock.text')}>
        <LockChoice label={t('settings.lock.title')} />
      </Section>
      <Section title={t('settings.password.title')} text={t('settings.password.text')}>
        <ChangePassword />
      </Section>
      <Section title={tSecond('title')} text={tSecond('text')}>
        <AuthenticatorApp />
      </Section>
      <Section title={tPasskeys('title')} text={tPasskeys('text')}>
        <Passkeys />
      </Section>
      <Section title={tRecoveries('title')} text={tRecoveries('text')}>
        <RecoveryKit />
      </Section>
      <Section title={tGuardians('title')} text={tGuardians('text')}>
        <GuardiansSummary />
      </Section>
      <Section title={t('settings.devices.title')} text={t('settings.devices.text')}>
        <Devices />
      </Section>
    </Page>
  )
}

function LanguageChoice({ label }: { label: string }) {
  const language = useLanguage()
  return (
    <SegmentedControl
      aria-label={label}
      value={language}
      onChange={(chosen) => setLanguage(LANGUAGES.find((one) => one === chosen) ?? 'en')}
      data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
    />
  )
}

function SchemeChoice({ label }: { label: string }) {
  const { t } = useWords('app')
  const { chosen: scheme } = useScheme()
  return (
    <SegmentedControl
      aria-label={label}
      value={scheme}
      onChange={(chosen) => setScheme(SCHEMES.find((one) => one === chosen) ?? 'auto')}
      data={SCHEMES.map((value) => ({ value, label: t(`scheme.${value}`) }))}
    />
  )
}

function LockChoice({ label }: { label: string }) {
  const { t } = useWords('accounts')
  const [minutes, setMinutes] = useState(lockMinutes)
  return (
    <SegmentedControl
      aria-label={label}
      value={String(minutes)}
      onChange={(chosen) => {
        const picked = LOCK_MINUTES.find((one) => String(one) === chosen) ?? 15
        setLockMinutes(picked)
        setMinutes(picked)
      }}
      data={LOCK_MINUTES.map((count) => ({
        value: String(count),
        label: t('settings.lock.minutes', { count }),
      }))}
    />
  )
}
