import { Menu, UnstyledButton } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import classes from './LanguageMenu.module.css'
import { LANGUAGE_NAMES, LANGUAGES, setLanguage, useLanguage } from './language.ts'
import { useWords } from './words.ts'

export function LanguageMenu() {
  const { t } = useWords('app')
  const current = useLanguage()
  return (
    <Menu withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button ?? ''} aria-label={t('language')} title={t('language')}>
          <IconLanguage size={20} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            className={classes.name ?? ''}
            aria-current={language === current}
            onClick={() => setLanguage(language)}
          >
            {LANGUAGE_NAMES[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
