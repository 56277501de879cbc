"""Forms of days, parts of longer times, eras and hours of four digits, in a table."""

import pytest
from spacy.language import Language

from rashomon.mark.language import parse
from rashomon.mark.times import find_times, resolve
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of

THURSDAY = "2023-09-14"


def values(text: str, nlp: Language) -> list[str]:
    article = article_of("t", text=text)
    return [timex.value for timex in resolve(find_times(article, Tree(parse(text, nlp))), THURSDAY, text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The lease was signed on 17-Oct-11.", ["2011-10-17"]),
        ("The lease was renewed on 4-Feb-2016 in Lorrin.", ["2016-02-04"]),
        ("The pier was opened on 12-July-1997.", ["1997-07-12"]),
        ("The permit was given on 05-JAN-2020.", ["2020-01-05"]),
        ("The lock was shut on Nov-19-2012.", ["2012-11-19"]),
        ("The lock was shut on 19/Nov/2012.", ["2012-11-19"]),
        ("The lock was shut on 28-02-2012.", ["2012-02-28"]),
        ("She was born on 8.12.1971 in Lorrin.", ["1971-12-08"]),
        ("The deed is dated 23.04.2018.", ["2018-04-23"]),
        ("The deed is dated 09.08.21 in the register.", ["2021-08-09"]),
        ("Version 1.2.3 is out and 10.10.10.10 is an address.", []),
        ("The index rose from 3.5 to 21.03 points.", []),
        ("The barge sank on the 4th of April last year.", ["2022-04-04"]),
        ("The barge sank on April 4 of last year.", ["2022-04-04"]),
        ("The pier burnt in 2014. On 2 June of that year it was shut.", ["2014", "2014-06-02"]),
        ("The pier burnt in 2014. In August that year it was shut.", ["2014", "2014-08"]),
        ("The pier burnt in 2014. In March the following year it was shut.", ["2014", "2015-03"]),
        ("The walkout is planned for the last week of November.", ["2023-W48"]),
        ("The first month of the year was dry.", ["2023-01"]),
        ("The final month of the year will be wet.", ["2023-12"]),
        ("The last day of June was hot.", ["2023-06-30"]),
        ("It flooded in the first week of May 2019.", ["2019-W18"]),
        ("In the last week of the campaign Duval toured the isles.", ["P1W"]),
        ("In the last year of his life he wrote it.", ["P1Y"]),
        ("The fort was built in the 6th century BC and burnt in AD 81.", ["BC05", "0081"]),
        ("The fort is of the 2nd or 3rd century BC.", ["BC01", "BC02"]),
        ("The coin is of 44 BC.", ["BC0044"]),
        ("The wall fell in 1250 BCE.", ["BC1250"]),
        ("The fort was held from 300 to 212 B.C. by settlers.", ["BC0300", "BC0212"]),
        ("A hull of the fourth century before Christ was found.", ["BC03"]),
        ("The tremor struck at 1800 GMT on Monday.", ["2023-09-11T18:00Z"]),
        ("The tremor struck at 0630 GMT.", ["2023-09-14T06:30Z"]),
        ("The tremor struck at 18.00 GMT.", ["2023-09-14T18:00Z"]),
        ("The mill was founded in 1800 and shut in 2019.", ["1800", "2019"]),
    ],
)
def test_a_form_of_a_time_has_its_value(text: str, wanted: list[str], nlp: Language) -> None:
    assert values(text, nlp) == wanted
