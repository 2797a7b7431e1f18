def test_quartiere_are_listed_by_city(client, quartier, other_quartier, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = client.get("/api/v1/quartiere/").json()
    assert [row["slug"] for row in answer["results"]] == ["nordstadt", "suedhang"]
    assert answer["results"][0] == {
        "slug": "nordstadt",
        "name": "Nordstadt",
        "city": "Musterstadt",
        "programme": "JUGEND STÄRKEN im Quartier",
        "age_min": 12,
        "age_max": 26,
        "answer_days": 14,
        "url": "/nordstadt/",
    }


def test_an_unknown_quartier_is_said_in_the_one_shape(client, db):
    response = client.get("/api/v1/quartiere/nirgends/")
    assert response.status_code == 404
    assert response.json() == {
        "code": "absent",
        "detail": "Das gibt es nicht oder nicht mehr.",
        "field": None,
    }
