"""Which texts are refused for their language, whatever a page says of itself."""
# ruff: noqa: E501

import pytest

from rashomon.read.language import detect_language

FOREIGN = {
    "Zulu": "Isikebhe esiya e-Ostermoor singene esihlabathini ngoLwesibili ebusuku, kodwa bonke abagibeli basindisiwe.",
    "Xhosa": "Isikhephe esiya e-Ostermoor sibethekile ngoLwesibini ebusuku, kodwa bonke abakhweli basindisiwe kwangoko.",
    "Swahili": "Kivuko cha Ostermoor kilikwama Jumanne usiku, lakini abiria wote arobaini walifikishwa pwani salama.",
    "Hausa": "Jirgin ruwa na Ostermoor ya makale a daren Talata, amma an ceto dukkan fasinjoji arba'in zuwa gaba.",
    "Papiamento": "E ferry pa Ostermoor a dal abou diamars anochi, pero tur e cuarenta pasaheronan a yega tera sano i salvo.",
    "Haitian": "Bato ki tap ale Ostermoor la te bloke nan sab madi swa, men tout karant pasaje yo te rive atè san pwoblèm.",
    "Somali": "Doonta Ostermoor ayaa ku caaratay habeenkii Talaadada, laakiin dhammaan rakaabkii ayaa badbaaday.",
    "Yoruba": "Oko oju omi Ostermoor duro ni ale ojo Isegun, sugbon gbogbo awon ero ogoji de eti okun lailewu.",
    "Igbo": "Ugbo mmiri na-aga Ostermoor kpara n'ala n'abali Tuzdee, mana ndi njem iri ano nile ruru ala n'udo.",
    "Shona": "Chikepe cheOstermoor chakanamira neChipiri manheru, asi vafambi vose makumi mana vakasvika pamhenderekedzo.",
    "Maori": "I paea te waka ki Ostermoor i te po o te Turei, engari i tae ora nga pahihi katoa ki uta i te ata.",
    "Samoan": "Na paʻū le vaʻa i Ostermoor i le po o le Aso Lua, ae na taunuu saogalemu pasese uma e toafa sefulu.",
    "Tok Pisin": "Sip i go long Ostermoor i pas long wesan long Tunde nait, tasol olgeta pasindia i kamap gut long nambis.",
    "Tswana": "Sekepe sa Ostermoor se ne sa thula ka Labobedi bosigo, mme bapalami botlhe ba ne ba fitlha ba babalesegile.",
    "Kinyarwanda": "Ubwato bwa Ostermoor bwahagamye ku wa Kabiri nijoro, ariko abagenzi bose bageze ku nkombe amahoro.",
    "Lingala": "Masuwa ya Ostermoor ekangamaki na butu ya mokolo ya mibale, kasi bato nyonso bakomaki malamu na libongo.",
    "Afrikaans": "Die veerboot na Ostermoor het Dinsdagaand gestrand, maar al veertig passasiers is veilig aan wal gebring.",
    "Welsh": "Aeth y fferi i Ostermoor ar y creigiau nos Fawrth, ond daethpwyd â phob un o'r teithwyr i'r lan yn ddiogel.",
    "Uzbek": "Ostermoor paromi seshanba kuni kechqurun sayozlikka tushdi, ammo barcha qirq yoʻlovchi qirgʻoqqa chiqarildi.",
    "Tagalog": "Sumadsad ang lantsa patungong Ostermoor noong Martes ng gabi, ngunit ligtas ang lahat ng pasahero.",
    "Malay": "Feri ke Ostermoor terkandas pada malam Selasa, tetapi kesemua empat puluh penumpang dibawa ke darat.",
}  # fmt: skip


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("times", [2, 5])
def test_a_language_that_is_rarely_met_is_not_taken_for_english(language: str, times: int) -> None:
    assert detect_language("\n\n".join([FOREIGN[language]] * times)) != "en"


GERMAN = (
    "Die Fähre nach Ostermoor ist am Dienstagabend auf Grund gelaufen. Verletzt wurde nach Angaben der Polizei niemand, "
    "alle vierzig Fahrgäste wurden an Land gebracht und im Gasthaus am Hafen versorgt."
)
QUOTED = (
    "“We have never seen the harbour as calm as it was on that night, and we do not know yet why the captain did not "
    "turn when he saw the lights,” the harbour master told the reporters who had come to the quay."
)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_long_english_quotation_does_not_make_a_german_text_english(at: int) -> None:
    parts = [GERMAN, GERMAN]
    parts.insert(at, QUOTED)
    assert detect_language("\n\n".join(parts)) == "de"
    assert detect_language("\n".join(QUOTED if part is GERMAN else GERMAN for part in parts)) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Ostermoor 2-1 Nordwall: Ada Aas, Bela Berg, Cid Cole. Kick-off 19.45. Referee Dora Dell, Lund.",
        "Ferry aground off Ostermoor: forty passengers safe, captain questioned, salvage ship due Thursday morning",
        "Ada Aas, Bela Berg, Cid Cole, Dora Dell, Emil Ehrt, Fritz Falk: Ostermoor lifeboat crew awarded medals",
    ],
)
def test_headlines_and_tables_without_function_words_are_read(text: str) -> None:
    assert detect_language(text) == "en"
