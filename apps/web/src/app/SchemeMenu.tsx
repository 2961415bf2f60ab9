import { Menu, UnstyledButton } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import classes from './LanguageMenu.module.css'
import { SCHEMES, setScheme, useScheme } from './scheme.ts'
import { useWords } from './words.ts'

const ICONS = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const

export function SchemeMenu() {
  const { t } = useWords('app')
  const { chosen } = useScheme()
  const Current = ICONS[chosen]
  return (
    <Menu withinPortal={false}>
      <Menu.Target>
        <UnstyledButton
          className={classes.button ?? ''}
          aria-label={t('scheme.label')}
          title={t('scheme.label')}
        >
          <Current size={20} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map((scheme) => {
          const Icon = ICONS[scheme]
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Icon size={18} />}
              aria-current={scheme === chosen}
              onClick={() => setScheme(scheme)}
            >
              {t(`scheme.${scheme}`)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
