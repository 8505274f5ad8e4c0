"""Words that begin with a capital in notes about plans and are no names, and some that are.

The lists are short on purpose: what looks like a name is only pointed out, and one key keeps it.
"""

from __future__ import annotations

from typing import Final


def words(text: str) -> frozenset[str]:
    """Return the words of a text that are parted by white space."""
    return frozenset(text.split())


# Words of plans, roles, services, subjects and conditions, and words that begin sentences.
NOT_NAMES: Final = words(
    """
    a about above academy access accessible accommodation acronym act action actions activities
    activity additional adhd adolescent adult adults adulthood advice after again age aged agency
    agree agreed aim aims all also although always amend amended amendment amendments amount an
    and annual another any anxiety apart appeal appendix appropriate april area areas as asd asked
    aspiration aspirations assess assessed assessment assessments assistant asthma at attachment
    attainment attendance audiologist audit august aunt author authority autism autistic autumn
    away baby back background based be because before began behaviour being below beside best
    better between big black blank board both braille brief british bristol brother brothers bsl
    bullet but by camhs can cannot care carer carers carol case category cause cease cerebral
    change changes charge charity chair check checked child childcare childhood children chinese
    christmas class classroom clear clearly clinic clinical clinician code cognition
    college comment comments common communicate communication community complaint complete concern
    concerns condition conditions consent consultant consultation contact content context contract
    contribution contributions copied copy core could council councillor counsellor course court
    cousin covid criteria criterion current curriculum dad daddy daily dance date dated dates day
    days deaf december decision decisions deputy dental department description design details
    development developmental diagnosis did diet dietitian difference different difficulties
    difficulty direct director disability disabled disorder district do doctor document does done
    down draft drama drawing due during dyslexia dyspraxia each early easter education educational
    effect effective either eligible else email emotional employment end english enough
    environment epilepsy equipment establishment european evaluation even every everyone everything
    evidence exact exam example except exclusion executive expected experience expert explain
    external extra eye fact facts family father february few final finally find fine first foster
    foundation four frame framework french frequency friday friend friends from full function
    functional further future gathered general generic german get given gives global goal goals
    golden good governor gp grandad grandma grandmother grandfather grandparent grandparents
    granny great group groups guardian guidance guide gym had half happy has have having he head
    headteacher health healthcare healthy hearing height help helped her here high him his history
    home hospital hour hours house how however human hydrotherapy i if immediate impairment
    impact important in included includes including independence independent individual infant
    information initial input inset inspection inspector institution intensive interaction
    interest interests interpreter intervention interventions into is issue issued issues it its
    january job joint judge july june just keeper key know known lack language large last late law
    lead leader learner learning left legal legislation less letter level levels library life like
    likes limited line link list listed literacy little local long look looked low lunch made main
    mainstream maintain maintained makaton makes management manager many march married material
    maths mathematics may maybe me measurable measure measures mediation medical medication meet
    meeting meetings meets memory mental mentor met middle midday might midwife milestone mild
    minister minutes missing mobility moderate monday money monitor monitored month monthly months
    moreover more morning most mother motor mr mrs ms much multi mum mummy mumma music must my name
    named nan nana national near nearly need needs neither never neuro neurologist new next nhs no
    nobody none nor normally north northern not note noted notes nothing notice november now number
    nursery nurse nurses nutrition observation observed occupational october of offer office
    officer officers ofsted often old older on once one only open opinion optician or oral order
    orthoptist other others our out outcome outcomes outreach outside over overall own owner pack
    paediatric paediatrician page pages palsy panel paper papers paragraph paramedic parent
    parents part partial partly partner partnership parts pastoral patient peer peers people per
    percent perhaps period person personal phase phone phonics photo physical physio
    physiotherapist physiotherapy picture place placed placement plan plans play please plenty
    point points police policy poor positive post practice practitioner preparation preparing
    present pretty previous primary principal principle print prior probably problem procedure
    process professional professionals profile programme progress proposal provided provider
    provision provisions psychiatrist psychologist psychology public pupil pupils quality quantified
    quantity quarter question questions quite quote quoted range rather reader reading really
    reason reasons reception recommendation recommendations record records reference referral
    regarding regular regulation regulations relevant religious repeated report reports request
    requested required requires research residential resource resources respite respond response
    rest result results review reviewed reviews right risk role room routine safeguarding said
    same saturday says scan school schools score scores screen second secondary section sections
    see seems seen sees senco send sen senior sensory sent sentence separate september service
    services session sessions set setting settings several severe shared she short should shown
    sibling siblings side sign signed since single sister sisters six sixth skill skills small
    smart so social society sole some somerset someone something son song south southern spanish
    speak speaks special specialist specific specified speech spoken spring staff stage standard
    start starts state stated statement states statutory step steps still story strategy strategies
    strength strengths strong student students study subject such suitable summary summer sunday
    supervisor support supported supports sure swimming table talk target targets task teach
    teacher teachers teaching team teams technology teens ten term terms test text than thank that
    the theme their them then therapist therapists therapy there therefore these they thing things
    think third this those though thought three through throughout thursday time times title to
    today together told tomorrow too topic toward training transfer transition transport treatment
    tribunal trust tuesday tutor twice two type typed under understanding unit university unknown
    unlike until up update updated upon us use used useful uses usually vague various very view
    views vision visit visual vocational voice voluntary volunteer wales want wants was we
    wednesday week weekly weeks weight welfare well welsh were west western what when where whether
    which while white who whole whose why will wish wishes with within without woodland word worded
    wording words work worker workers world would write writer writing written wrong year yearly
    years yes yet you young your youth zone zones
    braille colourful semantics elsa elklan thrive lego nurture portage pecs teacch widgit
    numicon boxall snap attention hyperactivity deficit developmental tourette asperger asperger's
    downs fragile prader angelman rett klinefelter ehcp ehc cfa
    pathway preparing functional skills duke award prince edinburgh entry employer apprenticeship
    supported internship traineeship btec gcse gcses sats ks nvq hnd degree
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    termly regularly currently clearly sometimes
    """
)

# Endings of words that are hardly ever names.
NOT_NAME_ENDINGS: Final = (
    "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ology", "ologist", "ship", "able",
    "ible", "ically", "ised", "ated", "ative", "fully", "isms", "ics",
)  # fmt: skip

TITLES: Final = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "revd", "rev")
)

# Given names that are common in England and are no other word: at the beginning of a sentence
# a capital says nothing, so only these count there.
GIVEN_NAMES: Final = words(
    """
    aaliyah aaron abdul abigail adam adele ahmed aidan aiden aisha alan albert alex alexander
    alexandra alexis alfie ali alice alicia alison amanda amelia amelie amina amir amy ananya
    andrea andrew angela anna annabelle anne annie anthony antonio archie aria ariana arjun arlo
    arthur asher aurora austin ava ayaan ayesha barbara beatrice bella ben benjamin bethany betty
    blake bonnie brandon brian bryony caitlin callum cameron carl caroline carter catherine
    charles charlie charlotte chloe christian christine christopher claire clara colin connor craig
    daisy dan daniel darcey darren david dawid deborah demi denise dennis dexter diana dominic
    donna dylan eden edith edward eleanor elena eli elijah eliza elizabeth ella ellen elliot ellie
    elliott eloise elsie emilia emily emma eric erin esme esther ethan eva evan eve evelyn evie
    ezra fatima felix fiona finley finn florence frankie fraser freddie frederick freya gabriel
    gabriella gareth gary gemma george georgia georgina geoffrey gillian graham greg hamza hannah
    harley harriet harrison harry harvey hassan hayley heather heidi helen henry holly hudson hugo
    ian ibrahim imogen isaac isabel isabella isabelle isla ismail jack jacob jade jake jakub james
    jamie jan jane jason jasmine jasper jay jayden jean jenna jennifer jenny jesse jessica jo joan
    joanna joanne joe joel john jonah jonathan jordan joseph josh joshua jude judith judy jules
    julia julian julie karen karl kate katherine kathleen katie kayden kayla keira keith kelly
    kevin khadija kian kieran kim kyle lara laura lauren layla leah lena leo leon lewis lexi liam
    lily linda lisa logan lola lorraine louie louis louise luca lucas lucy luke luna lydia maddison
    maggie maisie malik marcus margaret maria mariam marie martha martin mary maryam mason mateusz
    matilda matthew maya megan mehmet melissa mia michael michelle mila millie mohamed mohammad
    mohammed molly morgan muhammad myla nadia nancy naomi natalie natasha nathan nathaniel neil
    niamh nicholas nicola nicole nigel nikita noah nora oliver olivia ollie omar orla oscar otis
    owen paige pamela patricia patrick paul penelope penny peter philip phoebe pippa poppy priya
    rachel ralph raphael rebecca reggie reuben rhys riley robert robin roman ronnie rory rosie
    rowan ruby rupert russell ruth ryan sadie saira sally sam samantha samir samuel sandra sara
    sarah scarlett scott sean sebastian seth shannon sharon shaun simon sofia sonny sophia sophie
    spencer stanley stephanie stephen steven stuart susan suzanne sylvia tabitha tanya tariq teddy
    teresa thea theo theodore thomas tia tilly tim timothy toby tom tommy tracey tyler valerie
    vanessa victor victoria vincent wayne wendy wilfred william yasmin yusuf yvonne zac zachary
    zahra zainab zak zara zoe zoë
    """
)
