"""Reading pictures: a process of its own with limits, the words on a picture, what finds it again, signs of editing."""
