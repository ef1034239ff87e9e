import type { Config } from 'tailwindcss'

const token = (name: string) => `var(--${name})`

/** Names for the tokens of app/globals.css; components use these, never raw values. */
export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  darkMode: 'class',
  theme: {
    extend: {
      colors: {
        ground: token('ground'),
        surface: token('surface'),
        sunken: token('sunken'),
        hover: token('hover'),
        skeleton: token('skeleton'),
        subtle: token('border-subtle'),
        field: token('border-field'),
        ink: token('ink'),
        muted: token('muted'),
        accent: token('accent'),
        'accent-hover': token('accent-hover'),
        'on-accent': token('on-accent'),
        'accent-ink': token('accent-ink'),
        'accent-soft': token('accent-soft'),
        ok: token('accent-ink'),
        warn: token('warn'),
        'warn-soft': token('warn-soft'),
        bad: token('bad'),
        'bad-soft': token('bad-soft'),
        'on-bad': token('on-bad'),
        focus: token('focus'),
        veil: token('veil'),
      },
      // The minimum height of a control: larger where a finger points.
      spacing: { control: token('control-height') },
      borderRadius: { sm: '4px', DEFAULT: '6px', lg: '10px' },
      boxShadow: { raised: token('shadow-raised'), card: token('shadow-card'), line: token('shadow-line') },
      fontFamily: { sans: token('font-sans'), mono: token('font-mono') },
      fontSize: {
        xs: ['12px', '1.5'],
        sm: ['13px', '1.5'],
        base: ['14px', '1.5'],
        lg: ['16px', '1.5'],
        xl: ['20px', '1.4'],
        '2xl': ['28px', '1.3'],
      },
    },
  },
} satisfies Config
