"""The closed lists behind `wording`: what may be counted, how a sentence may open, what gives orders.

They are code and not rule files, so that a folder of rules cannot loosen them.
Every pattern is written for text in lower or upper case, after NFKC.
"""

import re

# Numbers: each must be of one of these kinds.

_N = r"\d{1,3}(?:[ ,]\d{3})*(?:\.\d+)?(?!\d)"
_NOT_AN_AMOUNT = r"(?![\s-]*(?:mg|mcg|µg|g|ml|iu|units?|times)\b)"
_RANGE = rf"{_N}(?:\s?(?:-|–|to|and|or)\s?{_N})?"
_SPAN = r"(?:hour|day|week|month|year|decade)s?"
_COUNTED = r"""(?:people|persons?|patients|participants|adults|children|women|men|volunteers|users|others?|trials?|stud(?:y|ies)
|reviews?|records?|societies|guidelines?|sources?|questions?|reports?|articles?|journals?|members?|groups?|medicines?|kinds?
|tests?|products?|options?|signs?|criteria|conditions?|things?|sides?|points?|copies|thirds?|parts?|items?|ways?|steps?|results?
|answers?|recommendations?|drugs?|outcomes?|measures?|feelings?|features?|cases?|views?|opinions?|programmes?|documents?|causes?
|claims?|statements?|reasons?|uses?|endpoints?|harms?|benefits?|names?|levels?|arms?)""".replace("\n", "")
_LAB = r"\b(?:ferritin|TSAT|saturation|eGFR|BMI|IRLS|thresholds?)"
_GLUE = r"(?:[\s,(]+(?:score|levels?|results?|of|at|is|are|or|and|up|to|below|above|under|over|between|less|more|than|about|the|range|a|with)\b|\s*[≤≥<>=(,])*"
_RESULT = r"\d+(?:\.\d+)?(?!\d)"
_LAB_UNIT = r"(?:\s?(?:ng/mL|µg/L|mL/min|%|per cent))"

LISTED_NUMBERS = re.compile(
    "|".join(
        (
            r"\balpha-2-delta\b",
            rf"\b(?:(?:RR|OR|HR|CI|SMD|MD)\s?=?|[np]\s?[=<])\s?{_RANGE}\b(?!\s*[a-zµ])",
            rf"{_LAB}{_GLUE}\s*{_RESULT}(?:{_LAB_UNIT})?(?:\s?(?:to|and|or|-|–)\s?{_RESULT}{_LAB_UNIT})?{_NOT_AN_AMOUNT}",
            rf"\b(?:{_RESULT}|{_RANGE})\s?(?:ng/mL|µg/L|mL/min|%)",
            rf"{_RANGE}\s?(?:%|per cent)",
            rf"\b{_N} (?:in|of|out of) (?:about |every )?{_N}\b{_NOT_AN_AMOUNT}",
            rf"\b{_RANGE}[ -]{_SPAN}\b",
            rf"\b{_N}-(?:person|year-old|week|month|year|item|point|country|society)\b",
            rf"\b(?:aged?|age of|ages|under|over|younger than|older than) {_N}\b(?: (?:or|and) (?:over|older|above|under|younger))?{_NOT_AN_AMOUNT}",
            rf"\b{_N} (?:or|and) (?:over|older|above|under|younger)\b",
            rf"≥\s?{_N}(?: years)?\b{_NOT_AN_AMOUNT}",
            rf"\b{_N}(?: [a-z][a-z-]*){{0,3}} {_COUNTED}\b",
            rf"\b{_RANGE} points?\b",
            rf"\b{_N} (?:vs|versus|against) {_N}(?: points?)?\b{_NOT_AN_AMOUNT}",
            rf"\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?\b{_NOT_AN_AMOUNT}",
            rf"\bwhich is (?:at least|above|at most|below) {_RESULT}{_NOT_AN_AMOUNT}",
            r"\b(?:stage|phase|type|grade|class|level|schedule|section|criterion) \d+(?:\.\d+)?[ab]?\b",
        )
    ),
    re.IGNORECASE,
)

LAB_UNIT = re.compile(r"\b(?:ng/mL|[µu]g/L|mL/min)", re.IGNORECASE)
"""Units of laboratory results, in which no medicine is measured."""

_WORD = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
NUMBER_WORD = re.compile(rf"\b{_WORD}\b", re.IGNORECASE)
LISTED_NUMBER_WORDS = re.compile(
    rf"\b(?:the|these|those|all|other) {_WORD}\b|\b{_WORD}(?:[ -](?:to|or|and|in|of|out of)[ -](?:{_WORD}))?(?! (?:per|an?|each|every)\b)"
    rf"(?:[ -][a-z][a-z-]*){{0,3}}?[ -](?:{_COUNTED}|{_SPAN})\b|\b(?:one|{_WORD}) (?:in|of|out of) (?:every )?{_WORD}\b",
    re.IGNORECASE,
)

# Amounts of a medicine: never, not even without a number.

AMOUNT = re.compile(
    rf"\b{_WORD}(?:mg|mcg|µg|g|ml|units?|tablets?|pills?|capsules?|drops)\b|\b\w*m(?:c|µ)?g\b|"
    r"\b(?:mg|mcg|ug|m ?g|m ?c ?g|ml|iu|milli-?gram\w*|micro-?gram\w*|grams?|grammes?|milli?-?lit\w*|tablets?|pills?|capsules?"
    r"|caplets?|drops|sachets?|puffs?|teaspoons?|doses?|dosages?|dosed|dosing|overdos\w*|(?:up-?)?titrat\w*|twice|thrice"
    r"|once (?:a|per|every|each|daily|nightly)|times (?:a|per|each|every) (?:day|night|week)|(?:one|two|three) (?:a|per) (?:day|night)"
    r"|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?d|q\.?h\.?s|at bedtime|every (?:\w+ )?(?:hours?|nights?|mornings?|evenings?)"
    r"|half an?|quarter of|doubl(?:e|es|ed|ing) (?:it|the|your)|tripl(?:e|ed|ing)|halv(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)

# Orders inside a sentence.

_VERB = r"""(?:take|start|stop|switch|swap|raise|lower|increase|decrease|reduce|taper|quit|discontinue|cease|wean|halt|skip|begin
|resume|replace|add|drop|cut down|come off|swallow|inject|use|change)""".replace("\n", "")
_DONE = r"""(?:taken|started|stopped|switched|swapped|raised|lowered|increased|decreased|reduced|tapered|discontinued|weaned|halted
|skipped|begun|resumed|replaced|added|dropped|swallowed|injected|used|changed)""".replace("\n", "")
_SUBJECT = r"(?:you|patients?|people|they|one|everyone|anyone|adults|users)"
_MODAL = r"(?:should|must|need to|needs to|have to|has to|ought to|shall|can|may|could|(?:are|is) (?:advised|told|required|free) to|had better)"
_OBJECT = r"(?:it|them|the (?:amount|medicine|drug)s?|your (?:amount|medicine|drug)s?|this (?:amount|medicine|drug|option)|[a-z-]+(?:pentin|balin|exole|inirole|gotine|dopa|clofen|codone|azepam|adol))"

ORDERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_SUBJECT} {_MODAL}(?: (?:now|also|safely|just|simply|slowly|gradually))? {_VERB}\b",
        rf"\b(?:must|should|ought to|needs? to|ha(?:s|ve) to)(?: not)? be {_DONE}\b",
        rf"\b(?:safe|safest|fine|ok|okay|best|better|time|wise|advisable|recommended|necessary|helps?|enough|good idea|important) to {_VERB}\b",
        rf"[;:–—(]\s*(?:please |just |then |now )*{_VERB} (?:{_OBJECT}|to|tonight|today|now|tomorrow|with|taking|using)\b",
        rf"(?:,|\b(?:and|or|then|so|but|please|just|simply|instead))\s+(?:please |just |simply |then )*(?:{_VERB}|try) {_OBJECT}\b",
        r"\b(?:we|I) (?:advise|recommend|suggest|urge)(?: that)? you\b",
        r"\byour (?:prescription|dose) is\b",
    )
)

SUPERVISED_ONLY = re.compile(
    r"\b(?:please )?(?:do not|don't|never|nobody should|no one should|not to|rather than|instead of)"
    r" (?:stop|change|lower|reduce|start|raise|skip|add|take|cut|stopping|changing|lowering|reducing|starting|raising|adding|taking)\b[^.!?]{0,90}?"
    r"(?:on (?:your|one's|their|his|her) own|by yourself|suddenly|abruptly|at once|all at once|alone|yourself|themselves"
    r"|without (?:talking|speaking|asking|advice|tests?|help|a plan)\b[^.!?]*)",
    re.IGNORECASE,
)
"""A warning against unsupervised change: the one kind of order that is welcome."""

DIAGNOSIS = re.compile(
    r"\byou (?:now |clearly |certainly |definitely |probably )?(?:have|suffer from|are suffering from|are|have got|have developed)"
    r" (?:an? )?(?:augmentation|restless legs|RLS|iron[- ]deficien\w+|an(?:a)?emi\w+|akathisia|sleep apn\w+|addict\w*"
    r"|depress\w+|neuropathy|impulse control|dependent on|iron overload|cancer)\b",
    re.IGNORECASE,
)

# How a sentence may open.

ASKING = re.compile(r"(?:ask|bring|write|tell|show|say|talk|call|get help)\b", re.IGNORECASE)
"""All that a person may be asked to do, as the beginning of a sentence."""

QUESTION = re.compile(
    r"(?:do|does|did|has|have|are|was|were|could|can|should|will|might)\b[^.!]*\?", re.IGNORECASE
)
"""A question may begin with its verb."""

OPENINGS = frozenset(
    """
    a about above according across after against all along also although among an and another any anyone anything around
    as at augmentation authors because before being below benefits besides between beyond both but by case certain children clinicians
    common compared concern consensus current currently daily data daytime depending despite different doctors during each earlier
    early either ferritin transferrin european even evidence everyone everything except expert experts fewer few first five for four from general
    good great guidance guideline guidelines hard harms he her here his how however i if impulse in indeed individual information insufficient
    international into iron is it its just kidney laboratory large larger largest later less like little long long-term
    low many medical medicine medicines mild milder moderate more moreover most much my national nearly neither new newer
    no nobody non-drug none nor not nothing nobody's now observational of often older on once one only opinions opposite or
    other others our over pain painful particular past patients people perhaps personal plain powered pregnancy pregnant prescribers
    previous probably questions rare rarely reasons recent recommendations regular regulators related researchers restless
    reviewers risks rls second self-help serious several severe severity she short short-term side similar since six sleepiness small smaller so
    some someone something sometimes sources specialists strong such sudden suddenly swelling symptoms ten than that the
    their them then there therefore these they thinking third this those though three through thus to together too towards trials two
    under unknown unless unlike until untreated up usual usually very warning was we weaker weight well what whatever when
    whether which while who whom whose why with within without women worse worsening would yes you young younger your
    advice age apnea apnoea dopamine family lost self-care stockings things alpha-2-delta brain breathing breastfeeding caffeine alcohol nicotine smoking blood baclofen opioids opioid antihistamines antidepressants
    """.split()
)
"""Words that cannot begin an order: determiners, pronouns, prepositions, conjunctions, adjectives, plural or mass nouns."""

ABBREVIATIONS = frozenset(
    """AAN AASM AED AGS BMJ CKD COPD CPAP EFNS ENS ESRD ESRS EURLSSG FDA GABA GRADE IRLSSG IV JAMA MDS MHRA MPI NHS NICE OSA
    PLM PLMD RACGP RCT RCTs RLS SR TSAT UK UKTIS US USA WSS""".split()
)
