import './area-styles.ts'
import { ActionIcon, Menu, UnstyledButton } from '@mantine/core'
import { IconDots, IconHelp, IconLock, IconLogout, IconSettings, IconUserCircle } from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { lock, signOut, useAccount, useSession } from '../accounts/session.ts'
import { useHospital } from './hospital.ts'
import { LanguageMenu } from './LanguageMenu.tsx'
import type { Density, LaterEntry, NavigationEntry } from './navigation.ts'
import { OfflineBanner } from './offline/OfflineBanner.tsx'
import { UpdateBanner } from './offline/UpdateBanner.tsx'
import { SchemeMenu } from './SchemeMenu.tsx'
import classes from './Shell.module.css'
import { Waiting } from './Waiting.tsx'
import { useWords } from './words.ts'

const Unlock = lazy(() => import('../accounts/Unlock.tsx'))
const GuardianAlerts = lazy(() => import('../guardians/GuardianAlerts.tsx'))
const SetUpSecondFactor = lazy(() => import('../second-factors/SetUpSecondFactor.tsx'))

/** With more entries than this the phone's bar ends in “More”. */
const ON_A_PHONE = 5

type ShellProps = { navigation: readonly (NavigationEntry | LaterEntry)[]; density: Density }

/** The frame of every area: where one can go, who one is, and the page. Locked, it shows nothing but the lock. */
export function Shell({ navigation, density }: ShellProps) {
  const session = useSession()
  const signedIn = session.state === 'signed-in' && !session.offline ? session.account.id : undefined
  useEffect(() => {
    if (signedIn === undefined) return
    // Not being woken is no reason to trouble her.
    void import('../push/device.ts').then(({ keepSwitchedOn }) => keepSwitchedOn(signedIn)).catch(() => {})
  }, [signedIn])
  if (session.state === 'locked')
    return (
      <Suspense fallback={<Waiting />}>
        <Unlock />
      </Suspense>
    )
  if (session.state !== 'signed-in') return <Waiting />
  if (session.account.needsSecondFactor)
    return (
      <Suspense fallback={<Waiting />}>
        <SetUpSecondFactor />
      </Suspense>
    )
  return (
    <div className={classes.shell} data-density={density}>
      <Header />
      <SideNavigation entries={navigation} />
      <main id="content" className={classes.main}>
        <UpdateBanner />
        <OfflineBanner />
        <Suspense>
          <GuardianAlerts />
        </Suspense>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </main>
      <BottomNavigation entries={navigation.flatMap((entry) => ('later' in entry ? [] : [entry]))} />
    </div>
  )
}

function Header() {
  const { data: hospital } = useHospital()
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.brand ?? ''}>
        <img src="/icon.svg" alt="" width={28} height={28} />
        <span className={classes.hospital}>{hospital?.name ?? 'Curo'}</span>
      </Link>
      <div className={classes.tools}>
        <LanguageMenu />
        <SchemeMenu />
        <LockButton />
        <PersonMenu />
      </div>
    </header>
  )
}

function LockButton() {
  const { t } = useWords('app')
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={t('nav.lock')}
      title={t('nav.lock')}
      onClick={() => void lock()}
    >
      <IconLock size={20} />
    </ActionIcon>
  )
}

function PersonMenu() {
  const { t } = useWords('app')
  const account = useAccount()
  return (
    <Menu position="bottom-end" width={240} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.person ?? ''} title={t('nav.account')}>
          <IconUserCircle size={26} stroke={1.5} aria-hidden />
          <span className={classes.personWords}>
            <span className={classes.name}>{account.name}</span>
            <span className={classes.role}>{t(`roles.${account.role}`)}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {account.name} · {t(`roles.${account.role}`)}
        </Menu.Label>
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={18} />}>
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item component={Link} to="/help" leftSection={<IconHelp size={18} />}>
          {t('nav.help')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLock size={18} />} onClick={() => void lock()}>
          {t('nav.lock')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => void signOut()}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

type EntriesProps = { entries: readonly NavigationEntry[] }

function SideNavigation({ entries }: { entries: ShellProps['navigation'] }) {
  const { t } = useWords('app')
  return (
    <nav className={classes.side} aria-label={t('nav.main')}>
      {entries.map((entry) =>
        'later' in entry ? (
          <LaterPlace key={entry.label} entry={entry} />
        ) : (
          <EntryLink key={entry.to} entry={entry} className={classes.sideLink ?? ''} />
        ),
      )}
    </nav>
  )
}

function LaterPlace({ entry: { icon: Icon, label } }: { entry: LaterEntry }) {
  const { t } = useWords('app')
  return (
    <span className={`${classes.sideLink} ${classes.later}`}>
      <Icon size={22} stroke={1.6} />
      <span className={classes.label}>{label}</span>
      <span className={classes.laterWord}>{t('nav.later')}</span>
    </span>
  )
}

function BottomNavigation({ entries }: EntriesProps) {
  const { t } = useWords('app')
  const shown = entries.length > ON_A_PHONE ? entries.slice(0, ON_A_PHONE - 1) : entries
  const more = entries.slice(shown.length)
  return (
    <nav className={classes.bottom} aria-label={t('nav.main')}>
      {shown.map((entry) => (
        <EntryLink key={entry.to} entry={entry} className={classes.bottomLink ?? ''} />
      ))}
      {more.length > 0 && (
        <Menu position="top-end" withinPortal={false}>
          <Menu.Target>
            <UnstyledButton className={classes.bottomLink ?? ''}>
              <IconDots size={24} stroke={1.6} aria-hidden />
              <span className={classes.label}>{t('nav.more')}</span>
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map(({ to, label, icon: Icon }) => (
              <Menu.Item key={to} component={Link} to={to} leftSection={<Icon size={20} stroke={1.6} />}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </nav>
  )
}

function EntryLink({ entry, className }: { entry: NavigationEntry; className: string }) {
  const { to, exact, icon: Icon, label, count } = entry
  return (
    <Link to={to} activeOptions={{ exact: exact ?? false }} className={className}>
      <Icon size={22} stroke={1.6} />
      <span className={classes.label}>{label}</span>
      {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
    </Link>
  )
}
