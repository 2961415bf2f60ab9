/** The styles of the first load: [Note: sign-in stands alone]. The app's are in styles.ts. */
import '@mantine/core/styles/baseline.layer.css'
import 'virtual:theme.css'
import './fonts.css'
import './global.css'
