"""Small line drawings, 16 px, drawn with the colour of the text around them. Data only; the tag is `{% shape %}`."""

_STROKE = (
    'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'
)

SHAPES: dict[str, str] = {
    "ring": f'<circle cx="8" cy="8" r="5.5" {_STROKE}/>',
    "half": f'<circle cx="8" cy="8" r="5.5" {_STROKE}/><path d="M8 2.500a5.500 5.500 0 0 1 0 11z" fill="currentColor"/>',
    "clock": f'<circle cx="8" cy="8" r="5.700" {_STROKE}/><path d="M8 5v3.200l2 1.300" {_STROKE}/>',
    "check": f'<path d="m3.500 8.500 3 3 6-7" {_STROKE}/>',
    "cross": f'<path d="m4.500 4.500 7 7m0-7-7 7" {_STROKE}/>',
    "lock": f'<rect x="3.500" y="7" width="9" height="6.500" rx="1.500" {_STROKE}/><path d="M5.500 7V5a2.500 2.500 0 0 1 5 0v2" {_STROKE}/>',
    "eye": f'<path d="M1.800 8S4 3.800 8 3.800 14.200 8 14.200 8 12 12.200 8 12.200 1.800 8 1.800 8z" {_STROKE}/><circle cx="8" cy="8" r="1.800" {_STROKE}/>',
    "return": f'<path d="M6.500 3.500 3.500 6.500l3 3M4 6.500h5a3 3 0 0 1 0 6H6" {_STROKE}/>',
    "person": f'<circle cx="8" cy="5.300" r="2.500" {_STROKE}/><path d="M3 13.500c.6-2.600 2.500-4 5-4s4.400 1.400 5 4" {_STROKE}/>',
    "info": f'<circle cx="8" cy="8" r="6" {_STROKE}/><path d="M8 7.300v3.700" {_STROKE}/><circle cx="8" cy="5" r=".9" fill="currentColor"/>',
    "alert": f'<path d="M8 2.200 14.300 13H1.700z" {_STROKE}/><path d="M8 6.500v3" {_STROKE}/><circle cx="8" cy="11.200" r=".8" fill="currentColor"/>',
    "shield": f'<path d="M8 1.800 13 3.600v4c0 3.200-2.100 5.400-5 6.600-2.900-1.200-5-3.400-5-6.600v-4z" {_STROKE}/><path d="m5.800 8 1.600 1.600 2.900-3.200" {_STROKE}/>',
    "card_code": f'<rect x="1.800" y="3.500" width="12.400" height="9" rx="1.500" {_STROKE}/><path d="M1.800 6.500h12.400M4.500 10h3" {_STROKE}/>',
    "top_up": f'<path d="M9 1.800 3.500 9H8l-1 5.200L12.500 7H8z" {_STROKE}/>',
    "membership": f'<rect x="2.300" y="3.200" width="11.400" height="10.500" rx="1.500" {_STROKE}/><path d="M2.300 6.500h11.400M5.300 1.800v2.600M10.700 1.800v2.600" {_STROKE}/>',
    "service": f'<path d="M2.500 12.500V5.800L8 2.500l5.500 3.300v6.700zM6.300 12.500V9h3.400v3.500" {_STROKE}/>',
    "empty": f'<path d="M2.300 9.500 4.500 3h7l2.200 6.500v3.700H2.300zM2.300 9.500h3.500l.8 1.600h2.800l.8-1.600h3.500" {_STROKE}/>',
    "search": f'<circle cx="7" cy="7" r="4.500" {_STROKE}/><path d="m10.500 10.500 3.500 3.500" {_STROKE}/>',
    "left": f'<path d="M10 3.500 5.500 8l4.500 4.500" {_STROKE}/>',
}
