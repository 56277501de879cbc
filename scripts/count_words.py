"""Count in how many news articles each stem occurs, for src/rashomon/group/data/words.tsv.

    python scripts/count_words.py BENCH/scale/part-*.jsonl.gz > src/rashomon/group/data/words.tsv

Only counts leave this script: no word order, no sentence of any article.
"""

import gzip
import json
import sys
from collections import Counter, defaultdict

from rashomon.group.words import stem, words_of

# A stem in fewer articles than this is as telling as one never seen; leaving them out keeps the table small.
RARE = 5


def main(paths: list[str]) -> None:
    counts: Counter[str] = Counter()
    articles = 0
    for path in sorted(paths):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                counts.update({stem(word) for word in words_of(f"{row['title']}\n{row['text']}")})
                articles += 1
    by_count: dict[int, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= RARE and word.isascii():
            by_count[count].append(word)
    print("# In how many of a number of English news articles (2010 to 2019) each stem occurs: count, stems.")
    print(f"# Counted for this project by scripts/count_words.py; stems in fewer than {RARE} articles are left out.")
    print("# Counts of single words only (Apache-2.0). The first line is the number of articles.")
    print(f"{articles}\t*")
    for count in sorted(by_count, reverse=True):
        print(f"{count}\t{' '.join(sorted(by_count[count]))}")


if __name__ == "__main__":
    main(sys.argv[1:])
